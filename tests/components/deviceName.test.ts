/** Names of devices as browsers give them, made short. */
import { describe, expect, it } from 'vitest';
import { shortDevice } from '../../src/components/shell/deviceName';

describe('shortDevice', () => {
  it.each([
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', 'SwiftShader'],
    ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002503) Direct3D11 vs_5_0 ps_5_0, D3D11)', 'NVIDIA GeForce RTX 3060'],
    ['ANGLE (Apple, ANGLE Metal Renderer: Apple M1 Pro, Unspecified Version)', 'Apple M1 Pro'],
    ['ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)', 'Intel UHD Graphics 620'],
    [
      'ANGLE (Intel, Intel(R) Iris(TM) Plus Graphics OpenGL Engine, OpenGL 4.1)',
      'Intel Iris Plus Graphics OpenGL Engine',
    ],
    ['NVIDIA GeForce GTX 980, or similar', 'NVIDIA GeForce GTX 980'],
    ['llvmpipe (LLVM 15.0.7, 256 bits)', 'llvmpipe'],
    ['google swiftshader', 'SwiftShader'],
    ['nvidia hopper', 'nvidia hopper'],
    ['JavaScript', 'JavaScript'],
    ['Vulkan', 'Vulkan'],
    ['', ''],
  ])('%s: %s', (device, short) => {
    expect(shortDevice(device)).toBe(short);
  });
});
