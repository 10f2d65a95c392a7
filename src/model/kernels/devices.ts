/** Asks the browser which GPUs it offers, without computing anything on them and without TensorFlow.js. */
/* eslint no-restricted-globals: off -- which devices there are is the one thing that only the browser can say */
import { isSoftwareName } from './engines';
import type { EngineInfo, GpuName } from './engines';
import type { Within } from './means';

const absent = (name: GpuName, reason: string): EngineInfo => ({
  name,
  available: false,
  device: reason,
  software: false,
});

/** An adapter's own words about itself, as far as the browser passes them on. */
const adapterName = ({ description, vendor, architecture, device }: GPUAdapterInfo): string =>
  description || [vendor, architecture, device].filter((part) => part !== '').join(' ') || 'WebGPU';

export const describeAdapter = (adapter: GPUAdapter): EngineInfo => {
  const device = adapterName(adapter.info);
  const software = adapter.info.isFallbackAdapter || isSoftwareName(device);
  return { name: 'webgpu', available: true, device, software };
};

export const requestAdapter = async (): Promise<GPUAdapter | null> => {
  if (typeof navigator === 'undefined' || !('gpu' in navigator)) return null;
  return navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
};

export const rendererName = (gl: WebGL2RenderingContext): string => {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
};

/** Half-precision textures would not hold a gradient, so float32 ones are a condition. */
const lookAtWebgl = (): EngineInfo => {
  if (typeof OffscreenCanvas === 'undefined') return absent('webgl', 'no OffscreenCanvas');
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return absent('webgl', 'no WebGL 2');
  try {
    if (!gl.getExtension('EXT_color_buffer_float')) return absent('webgl', 'no float32 textures');
    const device = rendererName(gl);
    return { name: 'webgl', available: true, device, software: isSoftwareName(device) };
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
};

const SURVEYS: Readonly<Record<GpuName, (within: Within) => Promise<EngineInfo>>> = {
  webgpu: async (within) => {
    const adapter = await within(requestAdapter());
    return adapter ? describeAdapter(adapter) : absent('webgpu', 'no WebGPU adapter');
  },
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
  webgl: async () => lookAtWebgl(),
};

/** What the browser says of a way to a GPU; where it says nothing in time, or throws, that is what it says. */
export const surveyGpu = async (name: GpuName, within: Within): Promise<EngineInfo> => {
  try {
    return await SURVEYS[name](within);
  } catch (error) {
    return absent(name, error instanceof Error ? error.message : String(error));
  }
};
