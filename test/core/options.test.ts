import { InputError } from '../../src/core/input-error';
import { check, checkOptions, checkSameLength, integer, numberIn, oneOf } from '../../src/core/options';

const RULES = { epochs: integer(1), optimizer: oneOf(['sgd', 'adam']), rate: numberIn(0, 1, { open: true }) };
interface Options {
  epochs?: number;
  optimizer?: string;
  rate?: number;
}

function errorOf(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    return error as InputError;
  }
  throw new Error('nothing was thrown');
}

describe('checkOptions', () => {
  it('returns good options as they came', () => {
    const options = Object.freeze({ epochs: 3, optimizer: 'sgd' });
    expect(checkOptions<Options>('fit', options, RULES)).toBe(options);
  });

  it('lets undefined stand for "not given"', () => {
    expect(checkOptions<Options>('fit', { epochs: undefined }, RULES)).toEqual({ epochs: undefined });
  });

  it('names the nearest key of an unknown one', () => {
    const error = errorOf(() => checkOptions('fit', { epoch: 3 } as Options, RULES));
    expect(error).toBeInstanceOf(InputError);
    expect(error.code).toBe('unknown-option');
    expect(error.message).toBe(
      'fit: "epoch" must be one of its options: epochs, optimizer, rate; got 3. Did you mean "epochs"?',
    );
  });

  it.each([
    [{ epochs: 0 }, 'fit: "epochs" must be an integer ≥ 1; got 0.'],
    [{ epochs: 1.5 }, 'fit: "epochs" must be an integer ≥ 1; got 1.5.'],
    [{ rate: 1 }, 'fit: "rate" must be a number strictly between 0 and 1; got 1.'],
    [{ rate: NaN }, 'fit: "rate" must be a number strictly between 0 and 1; got NaN.'],
    [{ optimizer: 'adm' }, 'fit: "optimizer" must be one of "sgd", "adam"; got "adm". Did you mean "adam"?'],
  ])('refuses %j', (options, message) => {
    expect(errorOf(() => checkOptions<Options>('fit', options, RULES)).message).toBe(message);
  });

  it('keeps the received value whole on the error', () => {
    const received = Array.from({ length: 100 }, (_, i) => i);
    const error = errorOf(() => check('fit', 'epochs', received, integer(1)));
    expect(error.received).toBe(received);
    expect(error.message).toBe('fit: "epochs" must be an integer ≥ 1; got Array(100) [0, 1, 2, 3, 4, …].');
  });
});

describe('checkSameLength', () => {
  it('lists all sides at once', () => {
    expect(errorOf(() => checkSameLength('dataset', { features: 3, label: 2, ids: 3 })).message).toBe(
      'dataset: "features", "label", "ids" must have one entry per example each; features has 3, label has 2, ids has 3.',
    );
  });
});
