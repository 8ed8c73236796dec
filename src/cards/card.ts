import type { ChartSpec } from '../stories/chart-spec.ts';
import type { Palette, Tone } from '../stories/tone.ts';
import type { Edge } from './edge.ts';

/**
 * One line of a section in two halves, between which a narrow card breaks it: "Alphabet" with "$13.2B capex, +91%", and
 * "Apr–Jun · 23 Jul". Plain text throughout.
 */
export interface Row {
  readonly label: string;
  readonly text: string;
  readonly aside?: string;
  /** The same for a platform with more room. */
  readonly asideInFull?: string;
  /** An https URL of the source; the platform links `aside` (or an arrow) to it. */
  readonly link?: string;
  /** Signs behind the row that the footer explains (`cards/legend.ts`). */
  readonly mark?: string;
}

/** Every row has a cell for each column; the first cell names the row. */
export interface Grid {
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly string[])[];
  /** Of the columns of a narrow one, each with its gap before it; default: those of every card. */
  readonly widths?: readonly number[];
}

/** Columns of the narrowest card in letters of one width; a wide character counts as two. */
export const NARROW_WIDTH = 28;

export interface Table extends Grid {
  /** The same in at most NARROW_WIDTH columns: fewer columns, units in the head alone. */
  readonly narrow?: Grid;
  /** A quiet line below the narrow one: what its short heads mean. */
  readonly narrowNote?: string;
  /** A second narrow one, of columns that the first has no room for. */
  readonly further?: Grid;
  /** The same as rows, for a table whose columns say too much for a narrow card. */
  readonly listed?: readonly Row[];
}

export interface Section {
  /** Empty for a section that needs none, such as the one table of a card. */
  readonly heading: string;
  /** A few words after the heading: "what its customers spend". */
  readonly hint?: string;
  readonly rows: readonly Row[];
  /** Precedes the rows. */
  readonly table?: Table;
  /** A quiet line below the table: what its heads mean. */
  readonly note?: string;
}

/** A button. `call` encodes its whole command (`cards/call.ts`), so it still works after a restart. */
export interface Action {
  /** At most 75 characters. */
  readonly label: string;
  readonly call: string;
  /** Whether the card shows this choice already. */
  readonly chosen?: boolean;
  /** Whether a row begins with it where buttons stand in rows. */
  readonly beginsRow?: boolean;
}

export interface Picture {
  /** File name without extension, in [a-z0-9-]. */
  readonly name: string;
  /** Text alternative. */
  readonly alt: string;
  readonly chart: ChartSpec;
}

/** A line about another message: plain text, and where that is, if it is known. */
export interface MessageNote {
  readonly text: string;
  readonly link?: string;
}

/** A line of sources: "Published", then "Alphabet 23 Jul" and others, each with the https URL of its document. */
export interface SourceLine {
  readonly label: string;
  readonly sources: readonly { readonly text: string; readonly link: string }[];
}

/**
 * A message in one language for any platform. All text is plain: each platform escapes it and adds its own markup.
 * The reading order is title, lead, quiet line, what is struck, updates, picture, sections, line of sources, footer.
 */
export interface Card {
  readonly kind: string;
  readonly tone: Tone;
  /** The colour of falls, on the edge and in the picture. Default: red. */
  readonly falls?: Palette;
  /** For a card whose edge does not tell a depth. */
  readonly edge?: Edge;
  /** The fact in one sentence, with its mark: "▼ Nvidia is 23.5% below its peak". */
  readonly title: string;
  /** The card's subject in a word: "NVDA". */
  readonly tag?: string;
  /** One sentence each; the first stands alone below the title in a notification. */
  readonly lead: readonly string[];
  /** How the first line of the lead begins, if that is what matters most in it: "$103.73, −7.0% today". */
  readonly strong?: string;
  /** A quieter line below the lead, such as how often it happens. */
  readonly quiet?: string;
  /** What it said before it was withdrawn, struck through. */
  readonly struck?: readonly string[];
  /** What has become of it since it was posted. */
  readonly updates?: readonly MessageNote[];
  /** The message that it goes on from; without its link on a platform that shows it as the reply to that. */
  readonly earlier?: MessageNote;
  readonly picture?: Picture;
  readonly sections: readonly Section[];
  /** Where the figures of the sections are from, instead of a link behind each. */
  readonly published?: SourceLine;
  /** The first line names the source of the figures, and their time if `at` is given. */
  readonly footer: readonly string[];
  /** The instant in the footer's first line, epoch milliseconds. Platforms that can also show its age. */
  readonly at?: number;
  /** Replaces the `{n}` rows that exceed a message's limits: "… and {n} more". Default: English. */
  readonly more?: string;
  /** At most five rows of four. */
  readonly actions?: readonly Action[];
}

/** Separates the entries of a list on one line, such as a roll-up's. Lines break only there. */
export const ENTRY_SEPARATOR = '   ';

/** The lowest limit of all platforms, in UTF-16 units. */
export const TITLE_LIMIT = 150;

/** Cuts a title that became too long by names from outside. Counts UTF-16 units, as the platforms do. */
export const fitTitle = (title: string): string => {
  if (title.length <= TITLE_LIMIT) return title;
  const cut = title.slice(0, TITLE_LIMIT - 1);
  // Never half of a surrogate pair.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`;
};
