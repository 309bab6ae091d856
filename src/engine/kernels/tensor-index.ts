// What tfjs.wasm holds: the kernels of plans, and those that only tensors as TensorFlow.js lays them out need.
export * from './index';
export * from './tensor-depthwise';
export * from './tensor-everyday';
export * from './tensor-fft';
export * from './tensor-matrix';
