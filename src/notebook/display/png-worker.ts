import { parentPort } from 'node:worker_threads';
import { makeDrawing, type Drawing } from './draw-figure';

/** What the worker is asked. */
export interface DrawRequest {
  readonly id: number;
  readonly data: readonly unknown[];
  readonly layout: Readonly<Record<string, unknown>>;
}

/** What it answers: the picture in base64, or why there is none. */
export interface DrawAnswer {
  readonly id: number;
  readonly png?: string;
  readonly error?: string;
}

let drawing: Drawing | undefined;
let queue: Promise<void> = Promise.resolve();

async function answer({ id, data, layout }: DrawRequest): Promise<DrawAnswer> {
  try {
    drawing ??= makeDrawing();
    const png = await drawing({ data: data as never, layout });
    return { id, png: Buffer.from(png).toString('base64') };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (request: DrawRequest) => {
  queue = queue.then(async () => parentPort?.postMessage(await answer(request)));
});
