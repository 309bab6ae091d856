import type { DataType, TensorInfo } from '@tensorflow/tfjs';

export type Values = Float32Array | Int32Array | Uint8Array | Uint8Array[];

interface TensorData {
  readonly memoryOffset: number;
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

/** What is used of TensorFlow.js' WebAssembly backend (4.22). */
export interface WasmBackend {
  readonly wasm: {
    readonly asm: { readonly memory: WebAssembly.Memory };
    /** Views of the memory, which the backend renews whenever it grows. */
    readonly HEAPU8: Uint8Array;
    readonly HEAP32: Int32Array;
    readonly HEAPF32: Float32Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  readonly dataIdMap: { get(dataId: object): TensorData };
  makeOutput(shape: readonly number[], dtype: DataType, offset?: number, values?: Values): TensorInfo;
  readSync(dataId: object, start?: number, end?: number): Values;
  epsilon(): number;
  refCount(dataId: object): number;
  incRef(dataId: object): void;
  disposeData(dataId: object, force?: boolean): boolean;
}

/** What is used of the plain JavaScript backend. */
export interface PlainBackend {
  readonly data: { get(dataId: object): { complexTensorInfos?: { real: TensorInfo; imag: TensorInfo } } };
  makeTensorInfo(shape: readonly number[], dtype: DataType, values?: Values): TensorInfo;
  readSync(dataId: object): Values;
  disposeData(dataId: object, force?: boolean): boolean;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);
