import { kernelsIn, type ModuleName } from '../../../src/engine/plan/module';

describe('tables of constants', () => {
  it.each<[ModuleName, boolean]>([
    ['plan', true],
    ['tfjs', false],
  ])('of %s.wasm stand in bytes 64 to 1023', (name, shared) => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared });
    const bytes = new Uint8Array(memory.buffer).fill(0xab);
    kernelsIn(memory, name);
    const written = [...bytes.keys()].filter((i) => bytes[i] !== 0xab);
    expect(written[0]).toBeGreaterThanOrEqual(64);
    expect(written[written.length - 1]).toBeLessThan(1024);
  });
});
