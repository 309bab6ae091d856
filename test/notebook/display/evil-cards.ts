import type { CardBody, ExampleCard } from '../../../src/look/cards/types';

/** Cards of every kind of body that have a hostile word wherever there is room for one. */
export function evilCards(evil: string): ExampleCard[] {
  const bodies: readonly CardBody[] = [
    { kind: 'image', width: 1, height: 1, channels: 1, pixels: 'AA==' },
    { kind: 'text', text: evil, tokens: [evil, evil], unknown: [1], unread: 3 },
    { kind: 'row', cells: Array.from({ length: 12 }, () => [evil, evil] as const), more: 2 },
    { kind: 'series', values: [[1, 2, NaN, 3]], channels: [evil], steps: 4, more: 1 },
    { kind: 'none' },
  ];
  return bodies.map((body, index) => ({
    ...{ index, id: evil, label: evil, predicted: evil, confidence: 0.25, predictedConfidence: 0.5 },
    ...{ loss: 1.5, correct: index === 1 ? null : index === 2, body, metadata: [[evil, evil]] as const },
  }));
}
