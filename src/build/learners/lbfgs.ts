/** A function to minimise: returns its value at `x` and writes its gradient into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** Options of {@link lbfgs}. */
export interface LbfgsOptions {
  /** Ends when no entry of the gradient is larger; defaults to 1e-5. */
  readonly tolerance?: number;
  /** Defaults to 500. */
  readonly maxIterations?: number;
  /** Steps that the curvature is known from; defaults to 10. */
  readonly memory?: number;
  /** Awaited after each step; true ends the search. */
  readonly pause?: () => Promise<boolean>;
}

/** Where a search ended. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** False where it ran out of iterations, was stopped, or no step makes the value smaller. */
  readonly converged: boolean;
}

interface Step {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

/** The direction of descent: −H⁻¹g with the inverse curvature known from the last steps (two-loop recursion). */
function directionFrom(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const q = gradient.map((value) => -value);
  const alphas = new Float64Array(steps.length);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { s, y, rho } = steps[i];
    alphas[i] = rho * dot(s, q);
    for (let j = 0; j < q.length; j++) q[j] -= alphas[i] * y[j];
  }
  const last = steps.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let j = 0; j < q.length; j++) q[j] *= scale;
  }
  steps.forEach(({ s, y, rho }, i) => {
    const beta = rho * dot(y, q);
    for (let j = 0; j < q.length; j++) q[j] += (alphas[i] - beta) * s[j];
  });
  return q;
}

/** The search, which stops before each step; to go on with true ends it. */
function* search(
  objective: Objective,
  start: Float64Array,
  { tolerance = 1e-5, maxIterations = 500, memory = 10 }: LbfgsOptions,
): Generator<void, Minimum, boolean> {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = objective(x, gradient);
  const steps: Step[] = [];
  let iterations = 0;
  const end = (converged: boolean): Minimum => ({ x, value, iterations, converged });
  while (largest(gradient) > tolerance) {
    if (iterations >= maxIterations || (yield)) return end(false);
    let direction = directionFrom(gradient, steps);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      steps.length = 0;
      direction = gradient.map((g) => -g);
      slope = dot(direction, gradient);
    }
    let low = 0;
    let high = Infinity;
    let step = steps.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(-slope));
    let found = false;
    const next = new Float64Array(x.length);
    const nextGradient = new Float64Array(x.length);
    let nextValue = value;
    for (let tries = 0; tries < 40 && !found; tries++) {
      for (let i = 0; i < x.length; i++) next[i] = x[i] + step * direction[i];
      nextValue = objective(next, nextGradient);
      if (!(nextValue <= value + 1e-4 * step * slope)) high = step;
      else if (dot(direction, nextGradient) < 0.9 * slope) low = step;
      else found = true;
      if (!found) step = high === Infinity ? 2 * low : (low + high) / 2;
    }
    if (!found && !(nextValue < value)) return end(false);
    const s = next.map((v, i) => v - x[i]);
    const y = nextGradient.map((g, i) => g - gradient[i]);
    const curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) {
      steps.push({ s, y, rho: 1 / curvature });
      if (steps.length > memory) steps.shift();
    }
    [x, gradient, value] = [next, nextGradient, nextValue];
    iterations++;
  }
  return end(true);
}

/**
 * Returns the minimum of a smooth convex function by limited-memory BFGS with a backtracking and expanding line search
 * (weak Wolfe conditions, bisection). The same start gives the same steps.
 *
 * @param objective value and gradient
 * @param start where to begin; not changed
 * @see Jorge Nocedal, "Updating quasi-Newton matrices with limited storage", 1980; Adrian Lewis & Michael Overton,
 * "Nonsmooth optimization via quasi-Newton methods", 2013 (the line search)
 */
export async function lbfgs(
  objective: Objective,
  start: Float64Array,
  options: LbfgsOptions = {},
): Promise<Minimum> {
  const steps = search(objective, start, options);
  let turn = steps.next();
  while (!turn.done) turn = steps.next((await options.pause?.()) ?? false);
  return turn.value;
}

/** As {@link lbfgs}, in one go. */
export function lbfgsAtOnce(
  objective: Objective,
  start: Float64Array,
  options: Omit<LbfgsOptions, 'pause'> = {},
): Minimum {
  const steps = search(objective, start, options);
  let turn = steps.next();
  while (!turn.done) turn = steps.next(false);
  return turn.value;
}
