// One pass over a variable: the gradients of the slices are added in their order, penalties joined, the state and the
// weight moved. The formulas are those of TensorFlow.js 4.22, so that a plan and an ordinary training agree.
//
// Arguments of all: W; G, bytes from one slice's gradient to the next, slices; two states (0 where unused); floats (a
// multiple of 4); address of the rates, which the plan writes before each step; L1, L2 of the regularizer.
import { int, ptr, real } from './args';
import { lanes, madd, quiet, splat } from './math';

/**
 * Powers of two below which gradients and states count as zero, so that their squares and shares are no denormal numbers: of what is
 * squared, of means of squares, of all other. A mean that decays would come to a denormal number and stay there for ever.
 */
const SQUARED: i32 = 56,
  SQUARES: i32 = 125,
  OTHER: i32 = 100;

/** Bytes of gradients that are joined at once: they are in the first cache still when the weights move. A power of two. */
const BLOCK: usize = 4096;

/** Adds the gradients of the slices, from byte `from` on and a block at most, to those of the first, and what penalties add. */
function join(p: usize, from: usize): void {
  const W = ptr(p, 0),
    G = ptr(p, 1),
    apart = ptr(p, 2),
    slices = int(p, 3),
    end = min(bytesOf(p), from + BLOCK),
    l1 = real(p, 8),
    l2 = real(p, 9);
  if (slices == 1 && l1 == 0 && l2 == 0) return;
  for (let o = from; o < end; o += 16) {
    let g = v128.load(G + o),
      other = G + o;
    for (let s = 1; s < slices; s++) {
      other += apart;
      g = f32x4.add(g, v128.load(other));
    }
    if (l1 != 0) {
      const w = v128.load(W + o),
        zero = splat(0);
      const sign = f32x4.sub(v128.and(f32x4.gt(w, zero), splat(1)), v128.and(f32x4.lt(w, zero), splat(1)));
      g = madd(splat(l1), sign, g);
    }
    if (l2 != 0) g = madd(splat(2 * l2), v128.load(W + o), g);
    v128.store(G + o, g); // what the step used: norms are taken from it
  }
}

/** The gradient at byte `o`, of a loop that goes through all of them in order; zero below 2 to the power −`k`. */
// @ts-ignore: decorator
@inline
function gradient(p: usize, G: usize, o: usize, k: i32): v128 {
  if (!(o & (BLOCK - 1))) join(p, o);
  return quiet(v128.load(G + o), k);
}

// @ts-ignore: decorator
@inline
function rate(p: usize, k: i32): v128 {
  return v128.load32_splat(ptr(p, 7) + (<usize>k << 2));
}

// @ts-ignore: decorator
@inline
function bytesOf(p: usize): usize {
  return <usize>int(p, 6) << 2;
}

/** rates: rate */
export function sgd(p: usize): void {
  const W = ptr(p, 0),
    G = ptr(p, 1),
    lr = rate(p, 0),
    bytes = bytesOf(p);
  for (let o: usize = 0; o < bytes; o += 16) {
    v128.store(W + o, f32x4.sub(v128.load(W + o), f32x4.mul(lr, gradient(p, G, o, OTHER))));
  }
}

/** rates: rate, momentum, 1 for Nesterov */
export function momentum(p: usize): void {
  const W = ptr(p, 0),
    G = ptr(p, 1),
    M = ptr(p, 4),
    lr = rate(p, 0),
    mu = rate(p, 1),
    nesterov = load<f32>(ptr(p, 7) + 8) != 0,
    bytes = bytesOf(p);
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = gradient(p, G, o, OTHER),
      m = quiet(madd(mu, v128.load(M + o), g), OTHER);
    v128.store(M + o, m);
    const move = nesterov ? madd(mu, m, g) : m;
    v128.store(W + o, f32x4.sub(v128.load(W + o), f32x4.mul(lr, move)));
  }
}

/** rates: rate / (1 − β1ᵗ), β1, β2, ε, 1 / (1 − β2ᵗ), weight decay × rate (AdamW) */
export function adam(p: usize): void {
  const W = ptr(p, 0),
    G = ptr(p, 1),
    M = ptr(p, 4),
    V = ptr(p, 5),
    lr = rate(p, 0),
    b1 = rate(p, 1),
    b2 = rate(p, 2),
    eps = rate(p, 3),
    unbias = rate(p, 4),
    decay = rate(p, 5),
    c1 = f32x4.sub(splat(1), b1),
    c2 = f32x4.sub(splat(1), b2),
    bytes = bytesOf(p);
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = gradient(p, G, o, SQUARED),
      m = quiet(madd(c1, g, f32x4.mul(b1, v128.load(M + o))), OTHER),
      v = quiet(madd(c2, f32x4.mul(g, g), f32x4.mul(b2, v128.load(V + o))), SQUARES);
    v128.store(M + o, m);
    v128.store(V + o, v);
    const w = v128.load(W + o);
    const move = f32x4.div(f32x4.mul(lr, m), f32x4.add(f32x4.sqrt(f32x4.mul(v, unbias)), eps));
    v128.store(W + o, f32x4.sub(f32x4.sub(w, f32x4.mul(decay, w)), move));
  }
}

/** rates: rate / (1 − β1ᵗ), β1, β2, ε */
export function adamax(p: usize): void {
  const W = ptr(p, 0),
    G = ptr(p, 1),
    M = ptr(p, 4),
    U = ptr(p, 5),
    lr = rate(p, 0),
    b1 = rate(p, 1),
    b2 = rate(p, 2),
    eps = rate(p, 3),
    c1 = f32x4.sub(splat(1), b1),
    bytes = bytesOf(p);
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = gradient(p, G, o, OTHER),
      m = quiet(madd(c1, g, f32x4.mul(b1, v128.load(M + o))), OTHER),
      u = quiet(f32x4.max(f32x4.mul(b2, v128.load(U + o)), f32x4.abs(g)), OTHER);
    v128.store(M + o, m);
    v128.store(U + o, u);
    v128.store(W + o, f32x4.sub(v128.load(W + o), f32x4.mul(lr, f32x4.div(m, f32x4.add(u, eps)))));
  }
}

/** rates: rate, ρ, momentum, ε, 1 for centred; third state (centred mean) stands behind the second */
export function rmsprop(p: usize): void {
  const W = ptr(p, 0),
    G = ptr(p, 1),
    S = ptr(p, 4),
    M = ptr(p, 5),
    mean = ptr(p, 10),
    lr = rate(p, 0),
    rho = rate(p, 1),
    mu = rate(p, 2),
    eps = rate(p, 3),
    rest = f32x4.sub(splat(1), rho),
    centred = load<f32>(ptr(p, 7) + 16) != 0,
    bytes = bytesOf(p);
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = gradient(p, G, o, SQUARED),
      s = quiet(madd(rest, f32x4.mul(g, g), f32x4.mul(rho, v128.load(S + o))), SQUARES);
    v128.store(S + o, s);
    let power = f32x4.add(s, eps);
    if (centred) {
      const m = quiet(madd(rest, g, f32x4.mul(rho, v128.load(mean + o))), SQUARED);
      v128.store(mean + o, m);
      power = f32x4.sub(s, f32x4.add(f32x4.mul(m, m), eps));
    }
    const step = f32x4.div(f32x4.mul(lr, g), f32x4.sqrt(power));
    const moved = quiet(madd(mu, v128.load(M + o), step), OTHER);
    v128.store(M + o, moved);
    v128.store(W + o, f32x4.sub(v128.load(W + o), moved));
  }
}

/** rates: rate, ε */
export function adagrad(p: usize): void {
  const W = ptr(p, 0),
    G = ptr(p, 1),
    S = ptr(p, 4),
    lr = rate(p, 0),
    eps = rate(p, 1),
    bytes = bytesOf(p);
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = gradient(p, G, o, SQUARED),
      s = madd(g, g, v128.load(S + o));
    v128.store(S + o, s);
    const move = f32x4.mul(lr, f32x4.div(g, f32x4.sqrt(f32x4.add(s, eps))));
    v128.store(W + o, f32x4.sub(v128.load(W + o), move));
  }
}

/** rates: rate, ρ, ε */
export function adadelta(p: usize): void {
  const W = ptr(p, 0),
    G = ptr(p, 1),
    S = ptr(p, 4),
    U = ptr(p, 5),
    lr = rate(p, 0),
    rho = rate(p, 1),
    eps = rate(p, 2),
    rest = f32x4.sub(splat(1), rho),
    bytes = bytesOf(p);
  for (let o: usize = 0; o < bytes; o += 16) {
    const g = gradient(p, G, o, SQUARED),
      before = v128.load(S + o), // TensorFlow.js divides by the mean before this gradient has joined it
      s = quiet(madd(rest, f32x4.mul(g, g), f32x4.mul(rho, before)), SQUARES);
    const u = v128.load(U + o);
    const root = f32x4.sqrt(f32x4.add(before, eps));
    const move = quiet(f32x4.mul(f32x4.div(f32x4.sqrt(f32x4.add(u, eps)), root), g), SQUARED);
    v128.store(S + o, s);
    v128.store(U + o, quiet(madd(rest, f32x4.mul(move, move), f32x4.mul(rho, u)), SQUARES));
    v128.store(W + o, f32x4.sub(v128.load(W + o), f32x4.mul(lr, move)));
  }
}

/** Only adds the gradients of the slices and penalties: for what looks at them before a weight moves. */
export function joinGradient(p: usize): void {
  const bytes = bytesOf(p);
  for (let o: usize = 0; o < bytes; o += BLOCK) join(p, o);
}

/** The penalty l1 Σ|w| + l2 Σw² of a variable. W, floats, l1, l2, result (f64) */
export function penalty(p: usize): void {
  const W = ptr(p, 0),
    bytes = <usize>int(p, 1) << 2;
  let absolute = splat(0),
    square = splat(0);
  for (let o: usize = 0; o < bytes; o += 16) {
    const w = v128.load(W + o);
    absolute = f32x4.add(absolute, f32x4.abs(w));
    square = madd(w, w, square);
  }
  store<f64>(ptr(p, 4), <f64>(real(p, 2) * lanes(absolute) + real(p, 3) * lanes(square)));
}
