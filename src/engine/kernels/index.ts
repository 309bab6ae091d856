export * from './elementwise';
export * from './inspect';
export * from './loss';
export * from './matmul';
export * from './memory';
export * from './optimize';
export * from './run';
