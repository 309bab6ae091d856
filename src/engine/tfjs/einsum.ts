import type { TensorInfo } from '@tensorflow/tfjs';
import { sizeOf } from './backend';
import { heapKernel, runKernel, type KernelCall } from './kernel';

/** A tensor and the letters of its axes. */
interface Term {
  readonly info: TensorInfo;
  readonly letters: string;
}

/** Runs kernels on terms; what they make is freed at the end, all but the result. */
interface Workshop {
  run(name: string, inputs: Record<string, TensorInfo>, attrs: object): TensorInfo;
}

/** Sums away the axes of a term that nobody asks for. */
function reduced({ run }: Workshop, { info, letters }: Term, wanted: string): Term {
  const axis = [...letters].flatMap((letter, i) => (wanted.includes(letter) ? [] : [i]));
  if (axis.length === 0) return { info, letters };
  return {
    info: run('Sum', { x: info }, { axis, keepDims: false }),
    letters: [...letters].filter((letter) => wanted.includes(letter)).join(''),
  };
}

/** Turns a term so that its axes stand in an order. */
function ordered({ run }: Workshop, { info, letters }: Term, order: string): Term {
  if (letters === order) return { info, letters };
  const perm = [...order].map((letter) => letters.indexOf(letter));
  return { info: run('Transpose', { x: info }, { perm }), letters: order };
}

/**
 * The product of two terms: axes of both that stay are its batch, axes of both that go are summed over, the others are rows and
 * columns. Terms that lie with rows and sums exchanged are not turned but multiplied so.
 */
function product(workshop: Workshop, left: Term, right: Term, output: string): Term {
  const a = reduced(workshop, left, output + right.letters);
  const b = reduced(workshop, right, output + left.letters);
  const both = [...a.letters].filter((letter) => b.letters.includes(letter));
  const batch = both.filter((letter) => output.includes(letter)).join('');
  const inner = both.filter((letter) => !output.includes(letter)).join('');
  const rows = [...a.letters].filter((letter) => !both.includes(letter)).join('');
  const columns = [...b.letters].filter((letter) => !both.includes(letter)).join('');
  const sides = new Map(
    [a, b].flatMap(({ info, letters }) => [...letters].map((letter, i) => [letter, info.shape[i]])),
  );
  const sizes = (letters: string): number[] => [...letters].map((letter) => sides.get(letter)!);

  const matrix = (
    term: Term,
    [first, second]: readonly [string, string],
  ): { info: TensorInfo; turn: boolean } => {
    const [plain, turned] = [batch + first + second, batch + second + first];
    const turn = term.letters === turned && turned !== plain;
    const { info } = turn ? term : ordered(workshop, term, plain);
    const shape = [batch, ...(turn ? [second, first] : [first, second])].map((part) => sizeOf(sizes(part)));
    return { info: workshop.run('Reshape', { x: info }, { shape }), turn };
  };
  const A = matrix(a, [rows, inner]);
  const B = matrix(b, [inner, columns]);
  const attrs = { transposeA: A.turn, transposeB: B.turn };
  const info = workshop.run('BatchMatMul', { a: A.info, b: B.info }, attrs);
  const letters = batch + rows + columns;
  return { info: workshop.run('Reshape', { x: info }, { shape: sizes(letters) }), letters };
}

/** Checks the sizes and takes the equation apart: spaces are of no meaning, an output that is not given is in alphabetical order. */
function termsOf({ tf, inputs, attrs: { equation } }: KernelCall<{ equation: string }>): [Term[], string] {
  const tensors = inputs as unknown as TensorInfo[];
  const { allDims, idDims } = tf.backend_util.decodeEinsumEquation(equation, tensors.length);
  tf.backend_util.checkEinsumDimSizes(
    allDims.length,
    idDims,
    tensors as Parameters<typeof tf.backend_util.checkEinsumDimSizes>[2],
  );
  const [left, output] = equation.replace(/\s/g, '').split('->');
  return [left.split(',').map((letters, i) => ({ info: tensors[i], letters })), output];
}

/** Einstein sums of one tensor or two, by way of matrix products. */
export const einsum = heapKernel<{ equation: string }>({
  name: 'Einsum',
  takes: (inputs) => (inputs as unknown as TensorInfo[]).every(({ dtype }) => dtype === 'float32'),
  run(call) {
    const [terms, output] = termsOf(call);
    const { backend } = call.heap;
    const made: TensorInfo[] = [];
    const workshop: Workshop = {
      run(name, inputs, attrs) {
        const info = runKernel(call, name, inputs, attrs);
        made.push(info);
        return info;
      },
    };
    let result: TensorInfo | undefined;
    try {
      const sum =
        terms.length === 1
          ? reduced(workshop, terms[0], output)
          : product(workshop, terms[0], terms[1], output);
      const { info } = ordered(workshop, sum, output);
      // An equation that changes nothing gives the same numbers under a second name.
      const own = made.includes(info) ? info : runKernel(call, 'Identity', { x: info });
      result = own;
      return own;
    } finally {
      made.forEach((info) => info !== result && backend.disposeData(info.dataId));
    }
  },
});
