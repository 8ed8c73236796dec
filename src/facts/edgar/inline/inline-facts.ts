import type { Day } from '../../../util/day.ts';
import { numberIn } from './number-text.ts';

/** One amount of a filing's document, in whole US dollars. */
export interface InlineFact {
  /** "us-gaap:Revenues" */
  readonly concept: string;
  readonly value: number;
  /** First day; absent for a balance. */
  readonly start?: Day;
  readonly end: Day;
  /** Axis to member, both with prefix; empty for the whole company. A member of a typed axis is its text. */
  readonly dimensions: ReadonlyMap<string, string>;
}

/** Attributes by lower-case name. */
type Attributes = Readonly<Record<string, string>>;

/** What a streaming parser reports, in lower case. */
export interface MarkupEvents {
  open(name: string, attributes: Attributes): void;
  text(text: string): void;
  close(name: string): void;
}

interface Context {
  start?: string;
  end?: string;
  readonly dimensions: Map<string, string>;
}

interface OpenNumber {
  readonly attributes: Attributes;
  text: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}/;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const dayOf = (text: string): string | undefined => DAY.exec(text.trim())?.[0];

/** The amounts in dollars in the inline XBRL of one document, in the order of their closing tags. */
export const createInlineFacts = (): MarkupEvents & { readonly facts: () => readonly InlineFact[] } => {
  const contexts = new Map<string, Context>();
  /** Ids of the units that are dollars. */
  const dollars = new Set<string>();
  const numbers: OpenNumber[] = [];
  const closed: OpenNumber[] = [];
  let context: Context | undefined;
  let unit: { readonly id: string; readonly measures: string[] } | undefined;
  let axis: string | undefined;
  /** The text of the element that is open inside a context or a unit. */
  let inner = '';

  const closeInContext = (into: Context, name: string): void => {
    if (name === 'startdate') into.start = inner;
    if (name === 'enddate' || name === 'instant') into.end = inner;
    if ((name === 'explicitmember' || name === 'typedmember') && axis !== undefined) {
      into.dimensions.set(axis, inner.trim());
      axis = undefined;
    }
  };

  return {
    open: (tag, attributes) => {
      const name = localName(tag);
      if (name === 'nonfraction') {
        // Nested ones share their text.
        numbers.push({ attributes, text: '' });
        return;
      }
      if (name === 'context' && attributes.id !== undefined) {
        context = { dimensions: new Map() };
        contexts.set(attributes.id, context);
      }
      if (name === 'unit' && attributes.id !== undefined) unit = { id: attributes.id, measures: [] };
      if (attributes.dimension !== undefined && context) axis = attributes.dimension;
      // The value of a typed member stands one element deeper; its text is the member's.
      inner = '';
    },
    text: (text) => {
      if (context || unit) inner += text;
      for (const number of numbers) number.text += text;
    },
    close: (tag) => {
      const name = localName(tag);
      if (name === 'nonfraction') {
        const number = numbers.pop();
        if (number) closed.push(number);
        return;
      }
      if (context) closeInContext(context, name);
      if (unit && name === 'measure') unit.measures.push(inner.trim());
      if (name === 'context') context = undefined;
      if (name === 'unit' && unit) {
        // A ratio such as dollars per share has two measures.
        if (unit.measures.length === 1 && /(?:^|:)USD$/.test(unit.measures[0] ?? '')) dollars.add(unit.id);
        unit = undefined;
      }
    },
    facts: () =>
      closed.flatMap(({ attributes, text }): InlineFact[] => {
        const { name: concept, contextref = '', unitref = '', format, scale, sign } = attributes;
        const of = contexts.get(contextref);
        const end = dayOf(of?.end ?? '');
        if (concept === undefined || !of || end === undefined || !dollars.has(unitref)) return [];
        const value = attributes['xsi:nil'] === 'true' ? undefined : numberIn(text, { format, scale, sign });
        if (value === undefined) return [];
        const start = dayOf(of.start ?? '');
        return [{ concept, value, ...(start !== undefined && { start }), end, dimensions: of.dimensions }];
      }),
  };
};
