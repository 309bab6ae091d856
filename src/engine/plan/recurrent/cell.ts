import type { LayerWeight } from '../param';
import { activationOf } from '../activations';
import { Unplannable } from '../unplannable';

/** A cell of tfjs as the plan sees it. */
export interface TfCell {
  readonly name: string;
  readonly units: number;
  readonly kernel: LayerWeight;
  readonly recurrentKernel: LayerWeight;
  readonly bias: LayerWeight | null;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly cells?: readonly TfCell[];
  getClassName(): string;
}

/** A recurrence that has kernels. */
export interface Cell {
  readonly kind: 'lstm' | 'gru' | 'simpleRnn';
  readonly gates: number;
  /** States beside the output. */
  readonly states: number;
  readonly source: TfCell;
  /** Numbers of the activation, and of that of the gates. */
  readonly activation: number;
  readonly recurrentActivation: number;
}

const KINDS: Readonly<Record<string, Pick<Cell, 'kind' | 'gates' | 'states'>>> = {
  LSTMCell: { kind: 'lstm', gates: 4, states: 1 },
  GRUCell: { kind: 'gru', gates: 3, states: 0 },
  SimpleRNNCell: { kind: 'simpleRnn', gates: 1, states: 0 },
};

/** The functions that src/engine/kernels/gates.ts has. */
const FUNCTIONS: readonly string[] = ['linear', 'relu', 'sigmoid', 'hardSigmoid', 'tanh'];

function numberOf(cell: TfCell, field: 'activation' | 'recurrentActivation', layer: string): number {
  const own = (cell as unknown as Record<string, { getClassName(): string } | undefined>)[field];
  const { name, kind } = activationOf(own ? own.getClassName() : 'linear');
  if (!FUNCTIONS.includes(name))
    throw new Unplannable(layer, `there is no recurrent kernel for activation "${name}"`);
  return kind;
}

/** Returns the recurrence of a cell; throws Unplannable for one without kernels. */
export function cellOf(source: TfCell, layer: string): Cell {
  const known = KINDS[source.getClassName()];
  if (!known) throw new Unplannable(layer, `cells of class ${source.getClassName()} have no kernel`);
  if (source.recurrentDropout > 0 && source.recurrentDropout < 1)
    throw new Unplannable(layer, 'dropout of the state of a recurrent layer has no kernel');
  return {
    ...known,
    source,
    activation: numberOf(source, 'activation', layer),
    recurrentActivation: numberOf(source, 'recurrentActivation', layer),
  };
}
