// Every kernel takes one pointer: the address of its arguments, words of 32 bits in the order its comment gives.
// So a program is plain data: which kernel, which words.

/** Word `k` as a signed integer. */
// @ts-ignore: decorator
@inline
export function int(p: usize, k: i32): i32 {
  return load<i32>(p + (<usize>k << 2));
}

/** Word `k` as an address or a stride in bytes. */
// @ts-ignore: decorator
@inline
export function ptr(p: usize, k: i32): usize {
  return <usize>load<u32>(p + (<usize>k << 2));
}

/** Word `k` as a float. */
// @ts-ignore: decorator
@inline
export function real(p: usize, k: i32): f32 {
  return load<f32>(p + (<usize>k << 2));
}
