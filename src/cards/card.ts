import type { ChartSpec } from '../stories/chart-spec.ts';

/** Colour by depth: amber from 5%, orange from 10, red from 20, dark red from 40. Never the only carrier of a meaning. */
export type Tone = 'calm' | 'amber' | 'orange' | 'red' | 'darkred';

/** One line of a section: "Alphabet", "$13.2B capex, Apr–Jun 2024, +91%", "reported 23 Jul". Plain text throughout. */
export interface Row {
  readonly label: string;
  readonly text: string;
  readonly aside?: string;
  /** An https address of the source; the platform makes `aside` (or an arrow) a link to it. */
  readonly link?: string;
}

/** Figures side by side. Every row has as many cells as there are columns; the first cell names the row. */
export interface Table {
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly string[])[];
}

export interface Section {
  readonly heading: string;
  /** A few words beside the heading: "what its customers spend". */
  readonly hint?: string;
  readonly rows: readonly Row[];
  /** Comes before the rows. */
  readonly table?: Table;
}

/** A button: it asks the question that `call` encodes (src/cards/call.ts), so it works after a restart, too. */
export interface Action {
  /** At most 75 characters. */
  readonly label: string;
  readonly call: string;
  /** True for the choice that the card already shows. */
  readonly chosen?: boolean;
}

export interface Picture {
  /** File name without ending, in [a-z0-9-]. */
  readonly name: string;
  /** Says what the picture says. */
  readonly alt: string;
  readonly chart: ChartSpec;
}

/**
 * A platform-neutral message. All text is plain: each platform escapes it and adds its own markup.
 * The order is the reading order: title, lead, picture, sections, footer.
 */
export interface Card {
  readonly kind: string;
  readonly tone: Tone;
  /** The fact in one sentence, with its mark: "▼ Nvidia is 23.5% below its peak". */
  readonly title: string;
  /** What the card is about, in a word: "NVDA". */
  readonly tag?: string;
  readonly lead: readonly string[];
  readonly picture?: Picture;
  readonly sections: readonly Section[];
  /** The first line says where the figures come from, and from when they are where `at` is given. */
  readonly footer: readonly string[];
  /** The instant that the first line of the footer names, epoch milliseconds. Where a platform can, it says how long ago. */
  readonly at?: number;
  /** How the card says that `{n}` more are left out where a message has no room: "… and {n} more"; in English where absent. */
  readonly more?: string;
  /** At most five rows of five. */
  readonly actions?: readonly Action[];
}
