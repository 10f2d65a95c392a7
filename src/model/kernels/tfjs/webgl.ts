/** Opens TensorFlow.js's WebGL backend with float32 textures, and listens to its context. */
import { rendererName } from '../devices';
import { isSoftwareName } from '../engines';
import type { Within } from '../means';
import type { KernelBackend } from '@tensorflow/tfjs';
import { limitForBuffers } from './device';
import type { Opener } from './device';
import type { Tf } from './tensors';

/** The part of the backend that is used here; its package is a dependency of the library's own. */
interface WebglBackend {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext; createAndWaitForFence(): Promise<void> };
}

/** Textures beyond so many bytes are freed when they are no longer used, not kept for reuse. */
const KEPT_FOR_REUSE = 2 ** 29;

/** Bytes that are asked of a GPU at most: no browser tells how many it has. */
const MEMORY = 2 ** 31;

/** Bytes of a float32 texel, of which one holds four numbers. */
const TEXEL = 16;

const ERRORS: Readonly<Record<number, string>> = {
  0x0500: 'invalid enum',
  0x0501: 'invalid value',
  0x0502: 'invalid operation',
  0x0505: 'out of memory',
  0x0506: 'invalid framebuffer operation',
};

/** A context that was lost takes its backend along: the next one is registered anew. */
const register = async (tf: Tf, within: Within): Promise<void> => {
  const factory = tf.findBackendFactory('webgl');
  const present = tf.findBackend('webgl') as KernelBackend | undefined;
  if (present) {
    tf.removeBackend('webgl');
    tf.registerBackend('webgl', factory, 2);
  }
  if (!(await within(tf.setBackend('webgl')))) throw new Error('the context could not be made');
};

export const openWebgl: Opener = async (tf, fail, { within }) => {
  const env = tf.env();
  // Without this the library refuses a context on software, which is for the user to decide.
  env.set('SOFTWARE_WEBGL_ENABLED', true);
  env.set('WEBGL_CPU_FORWARD', false);
  env.set('WEBGL_DELETE_TEXTURE_THRESHOLD', KEPT_FOR_REUSE);
  if (env.getNumber('WEBGL_VERSION') < 2) throw new Error('no WebGL 2');
  if (!env.getBool('WEBGL_RENDER_FLOAT32_ENABLED')) throw new Error('no float32 textures');
  await register(tf, within);
  const { gpgpu } = tf.backend() as unknown as WebglBackend;
  const { gl } = gpgpu;
  gl.canvas.addEventListener('webglcontextlost', () => {
    fail({ code: 'device-lost', engine: 'webgl', cause: 'the WebGL context was lost' });
  });
  const device = rendererName(gl);
  const side = env.getNumber('WEBGL_MAX_TEXTURE_SIZE');
  return {
    info: { name: 'webgl', available: true, device, software: isSoftwareName(device) },
    memoryLimit: limitForBuffers(MEMORY),
    bufferLimit: Math.min(MEMORY, side * side * TEXEL),
    finish: async () => {
      await gpgpu.createAndWaitForFence();
      const error = gl.getError();
      if (error !== gl.NO_ERROR && error !== gl.CONTEXT_LOST_WEBGL) {
        fail({ code: 'device-error', engine: 'webgl', cause: ERRORS[error] ?? String(error) });
      }
    },
    close: null,
  };
};
