/** Everything that the simd engine calls. Compiled with no garbage collector: memory belongs to the caller. */
export * from './gemm';
export * from './lstm';
export * from './gru';
export * from './rnn';
export * from './loss';
export * from './elementwise';
export * from './optimizer';
export * from './dropout';

/** First byte after the program's own data. */
export function dataEnd(): usize {
  return __heap_base;
}
