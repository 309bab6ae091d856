import type { Warning } from '../../core/warning';

/** A value beside its name; long text is cut with "…". */
export type CardCell = readonly [name: string, value: string | number | boolean | null];

/** Pixels, row by row, channels together, as a person sees them. */
export interface ImageBody {
  readonly kind: 'image';
  readonly width: number;
  readonly height: number;
  /** Grey; red, green, blue; the same and opacity. */
  readonly channels: 1 | 3 | 4;
  /** One byte a number, base64. */
  readonly pixels: string;
  /** Height and width of the example itself, where its pixels were averaged to fewer. */
  readonly of?: readonly [number, number];
}

/** A text, and what the model reads of it. */
export interface TextBody {
  readonly kind: 'text';
  /** Cut with "…" where it is long. */
  readonly text: string;
  /** The first tokens that the model is given, where it is given tokens. */
  readonly tokens?: readonly string[];
  /** Places in `tokens` of those that the vocabulary has not. */
  readonly unknown?: readonly number[];
  /** Tokens at the end of the text that the model never sees. */
  readonly unread?: number;
}

/** Named values. */
export interface RowBody {
  readonly kind: 'row';
  readonly cells: readonly CardCell[];
  /** Columns that are not shown. */
  readonly more?: number;
}

/** Channels over time. */
export interface SeriesBody {
  readonly kind: 'series';
  /** By channel, four significant digits. Of a long series: the least and the most of each of equal stretches, in the order they came. */
  readonly values: readonly (readonly number[])[];
  /** Names or numbers of the channels that are shown. */
  readonly channels: readonly string[];
  /** Steps of the example, without zeros that pad its end. */
  readonly steps: number;
  /** Channels that are not shown. */
  readonly more?: number;
}

/** The example itself, or as much of it as fits on a card. */
export type CardBody = ImageBody | TextBody | RowBody | SeriesBody | { readonly kind: 'none' };

/** One example with what the model said of it: plain JSON. */
export interface ExampleCard {
  /** Row of the predictions. */
  readonly index: number;
  readonly id: string;
  /** Name of the class, names of the labels with commas between, or the value. */
  readonly label: string;
  /** The same of what was predicted; empty where that is no part of the story. */
  readonly predicted: string;
  /** Probability given to the label (multi-label: mean over the labels of that given to what is true); null where unknown. */
  readonly confidence: number | null;
  /** Probability given to what was predicted; null where unknown. */
  readonly predictedConfidence: number | null;
  /** Cross-entropy in nats or squared error, of several seeds the mean; null where unknown. */
  readonly loss: number | null;
  /** Null for values. */
  readonly correct: boolean | null;
  readonly body: CardBody;
  /** Metadata beside a body that is made of other things. */
  readonly metadata: readonly CardCell[];
}

/** Some examples as cards. */
export interface ExampleCards {
  readonly kind: 'example-cards';
  readonly name: string;
  /** Examples that were asked for; `cards` holds the first of them. */
  readonly n: number;
  readonly cards: readonly ExampleCard[];
  /** What the bodies are, in words: "8×8 pixels, 0 (black) to 16 (white)". */
  readonly shown: string;
  readonly warnings: readonly Warning[];
}
