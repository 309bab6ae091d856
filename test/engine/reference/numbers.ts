/** The generator of make_references.py: weights, inputs and targets are drawn by both sides in the same order. */
export class Numbers {
  private state: number;

  constructor(text: string) {
    this.state = 7;
    for (const letter of text) this.state = (Math.imul(this.state, 31) + letter.codePointAt(0)!) >>> 0;
  }

  private bits(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state;
  }

  /** −1 … 1 in steps of 1/512. */
  centred(): number {
    return ((this.bits() >>> 22) - 512) / 512;
  }

  whole(limit: number): number {
    return (this.bits() >>> 16) % limit;
  }
}

/** Weights of about unit gain: scaled by the largest power of two whose square is at most 3 / fan-in. */
export function drawnWeights(numbers: Numbers, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, side) => product * side, 1);
  const fanIn = shape.length > 1 ? size / shape.at(-1)! : 4;
  let scale = 1;
  while (scale * scale * fanIn > 3) scale /= 2;
  return Float32Array.from({ length: size }, () => numbers.centred() * scale);
}

/** Targets that suit a loss; sides with the batch. */
export function drawnTargets(loss: string, numbers: Numbers, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, side) => product * side, 1);
  const last = shape.at(-1)!;
  if (loss.startsWith('categorical')) {
    const chosen = Array.from({ length: size / last }, () => numbers.whole(last));
    return Float32Array.from({ length: size }, (_, i) => Number(chosen[Math.floor(i / last)] === i % last));
  }
  return Float32Array.from({ length: size }, () => {
    if (loss.includes('inge')) return numbers.whole(2) ? 1 : -1;
    return loss === 'binaryCrossentropy' ? numbers.whole(2) : 1.125 + numbers.centred();
  });
}
