import { createContext } from '../../../src/notebook/kernel/context';
import { composeMessage } from '../../../src/notebook/kernel/wire';

const header = (type: string): ReturnType<typeof composeMessage>['header'] =>
  composeMessage({ type, content: {}, session: 's' }).header;

describe('createContext', () => {
  it('belongs to the latest cell, also after it has ended', () => {
    const context = createContext();
    expect(context.parent()).toBeUndefined();
    const [one, two] = [header('a'), header('b')];
    context.enterCell(one);
    expect(context.parent()).toBe(one);
    context.enterCell(two);
    expect(context.parent()).toBe(two);
  });

  it('lets the output of a handler and of what it started belong to its own request', async () => {
    const context = createContext();
    const [cell, comm, later] = [header('a'), header('b'), header('c')];
    context.enterCell(cell);
    const seen: unknown[] = [];
    const work = context.within(comm, async () => {
      seen.push(context.parent());
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(context.parent());
    });
    expect(context.parent()).toBe(cell);
    context.enterCell(later);
    await work;
    expect(seen).toEqual([comm, comm]);
    expect(context.parent()).toBe(later);
  });
});
