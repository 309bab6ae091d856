/** Thrown where a model holds what a plan cannot express; the training then runs on TensorFlow.js' autograd. */
export class Unplannable extends Error {
  constructor(
    readonly what: string,
    readonly why: string,
  ) {
    super(`${what}: ${why}`);
    this.name = 'Unplannable';
  }
}
