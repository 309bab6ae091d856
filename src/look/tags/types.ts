import type { Warning } from '../../core/warning';
import type { Task } from '../../data/types';
import type { ExampleCard } from '../cards/types';

/** A number with the interval that luck alone would give it. */
export interface Estimated {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** Which examples, with which labels: the same for every model that is judged on them, whatever their order. */
export interface TagFingerprint {
  /** Examples. */
  readonly n: number;
  /** Of the ids alone, 16 hexadecimal digits. */
  readonly ids: string;
  /** Of the ids with their labels. */
  readonly labels: string;
}

/** What a person said of one example. */
export interface StoredTag {
  readonly id: string;
  /** None: it was looked at, and nothing fits. */
  readonly tags: readonly string[];
  readonly note?: string;
  /** Whether the model was wrong on it then; null where that is not known. */
  readonly wrong: boolean | null;
  /** The label it had then. */
  readonly label?: string;
}

/** Tags as they are kept in a file, to be joined to the predictions of any model by id. Plain JSON. */
export interface StoredTags {
  readonly kind: 'stored-tags';
  readonly schemaVersion: 1;
  /** Of the predictions. */
  readonly name: string;
  /** Null where the tags come from a spreadsheet or an object. */
  readonly fingerprint: TagFingerprint | null;
  readonly seed: number | null;
  /** In the order in which they came up. */
  readonly tagNames: readonly string[];
  readonly examples: readonly StoredTag[];
  /** Ids of all errors that examples were drawn from, each under the first model that was wrong on it. */
  readonly errors: readonly (readonly string[])[];
  /** Those of `errors` that the last model had right. */
  readonly mended: readonly string[];
}

/** A metadata value that a tag's examples have more often than other errors that were looked at. */
export interface TagMetadata {
  readonly column: string;
  /** "Leica", "true", or a range of numbers: "0.2 to 0.4". */
  readonly value: string;
  /** Examples with the tag that have the value, of n with the tag where the column is known. */
  readonly count: number;
  readonly n: number;
  readonly share: number;
  readonly interval: readonly [number, number];
  /** Share of the other errors that have it, of `otherN`. */
  readonly otherShare: number;
  readonly otherN: number;
  /** Fisher's exact test, adjusted by Benjamini and Hochberg over all tags and values. */
  readonly pValue: number;
}

/** One tag among the errors that were looked at. */
export interface TagCount {
  readonly tag: string;
  /** Errors that were looked at and have it. */
  readonly count: number;
  /** Errors that were looked at. */
  readonly n: number;
  /** Estimated share of all errors, those not looked at included; the interval is about these errors only. */
  readonly share: number;
  readonly interval: readonly [number, number];
  /** Of `count`, those with no other tag: what fixing it alone surely reaches. */
  readonly only: number;
  /** The error if all of them were right, for new examples of the same kind: at best. */
  readonly ceiling: Estimated;
  /** The error if only those with no other tag were right. */
  readonly ceilingAlone: Estimated;
  /** Error that goes at best, in units of the error. */
  readonly gain: Estimated;
  readonly effort: number;
  /** gain / effort. */
  readonly perEffort: number;
  /** Probability that no other tag gains more for its effort. */
  readonly first: number;
  /** Probability that it gains more for its effort than the next in the list; NaN for the last. */
  readonly ahead: number;
  /** Examples that the model has right, were looked at and have it. */
  readonly correct: number;
  readonly metadata: readonly TagMetadata[];
}

/** Fixing several tags, one after the other: each adds what those before it did not have. */
export interface TagPlanStep {
  readonly tag: string;
  /** Errors looked at that have this tag and none of those before. */
  readonly adds: number;
  /** Those that have it or one before it. */
  readonly count: number;
  readonly share: number;
  readonly interval: readonly [number, number];
  readonly ceiling: Estimated;
  /** Of all steps so far. */
  readonly effort: number;
}

/** Whether it is known what to do first, and what it takes to know. */
export interface TagRanking {
  /**
   * `settled`: the first tag leads at the level. `more`: about `more` further errors will most likely tell. `unsettled`: those
   * that there are will not tell. `none`: nothing is tagged.
   */
  readonly status: 'settled' | 'more' | 'unsettled' | 'none';
  readonly first: string | null;
  readonly second: string | null;
  /** Probability that the first gains most for its effort. */
  readonly confidence: number;
  /** Further errors to look at; 0 when settled, null where no number will do. */
  readonly more: number | null;
}

/** Right answers that were looked at. */
export interface LuckyHits {
  readonly tag: string;
  readonly count: number;
  /** Right answers that were looked at. */
  readonly n: number;
  readonly share: number;
  readonly interval: readonly [number, number];
  /** Accuracy without lucky hits (regression: share of examples within the bound). */
  readonly earned: Estimated;
}

/** What has become of the examples of one tag since an earlier model. */
export interface TagSince {
  readonly tag: string;
  /** Examples with the tag that the earlier model had wrong. */
  readonly n: number;
  /** Of these, right now. */
  readonly fixed: number;
  readonly still: number;
  /** Examples with the tag that the earlier model had right, and how many of these are wrong now. */
  readonly wereRight: number;
  readonly broken: number;
  /** fixed / n. */
  readonly share: number;
  readonly interval: readonly [number, number];
  /** Error now less error then over all examples with the tag, paired. */
  readonly change: Estimated;
  /** The same share among errors without the tag: what any new training does. */
  readonly elsewhere: { readonly n: number; readonly fixed: number; readonly share: number };
  /** Fisher's exact test of the two shares. */
  readonly pValue: number;
}

/** An earlier model beside this one, on the same examples. */
export interface TagsSince {
  /** Examples that the earlier model had wrong, as far as they are among these. */
  readonly errors: number;
  readonly fixed: number;
  readonly still: number;
  /** Errors that are new; null where it is not known which examples the earlier model had right. */
  readonly broken: number | null;
  /** Error now less error then, paired; null likewise. */
  readonly change: Estimated | null;
  /** McNemar's exact test; NaN likewise. */
  readonly pValue: number;
  readonly tags: readonly TagSince[];
}

/** One example to go through, or gone through. */
export interface TagExample extends ExampleCard {
  readonly wrong: boolean;
  /** Null where nobody has looked yet. */
  readonly tags: readonly string[] | null;
  readonly note: string;
}

/** A spreadsheet of errors with tags, and what they say. */
export interface ErrorTags {
  readonly kind: 'error-tags';
  readonly name: string;
  readonly task: Task;
  /** Examples in all. */
  readonly n: number;
  readonly level: number;
  readonly seed: number;
  /** Options that differ from their defaults and make the same again. */
  readonly options: {
    readonly sample?: number;
    readonly correct?: number;
    readonly stratify?: boolean;
    readonly effort?: Readonly<Record<string, number>>;
    readonly errorAbove?: number | { readonly quantile: number };
  };
  /** Regression: an example is an error where |predicted − label| is above it; null otherwise. */
  readonly bound: number | null;
  readonly errors: {
    readonly n: number;
    /** Share of the examples. */
    readonly rate: number;
    readonly interval: readonly [number, number];
    readonly reviewed: number;
    /** Looked at, and nothing fits. */
    readonly noTag: {
      readonly count: number;
      readonly share: number;
      readonly interval: readonly [number, number];
      /** Error that they make up, for new examples of the same kind. */
      readonly gain: Estimated;
    };
  };
  readonly correct: { readonly n: number; readonly reviewed: number; readonly lucky: LuckyHits };
  /** What to do first stands first: by gain over effort. */
  readonly tags: readonly TagCount[];
  readonly plan: readonly TagPlanStep[];
  readonly ranking: TagRanking;
  /** Null where the tags are of this very model. */
  readonly since: TagsSince | null;
  /** Errors first, then right answers; in the order to go through them. */
  readonly examples: readonly TagExample[];
  /** What the bodies of the examples are, in words. */
  readonly shown: string;
  readonly store: StoredTags;
  readonly warnings: readonly Warning[];
}
