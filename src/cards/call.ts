import type { Action } from './card.ts';

/** A command's name and its options, as a button carries them. */
export interface Call {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

/** The lowest limit of all platforms for what a button carries, in characters. */
const MAX_CALL_LENGTH = 100;
const PREFIX = 'ask';

/**
 * The call as text of at most 100 characters, such as `ask?name=chart&symbol=NVDA&range=6m`.
 * @throws RangeError if it is longer: buttons are made of short values of our own.
 */
export const encodeCall = ({ name, options }: Call): string => {
  const text = `${PREFIX}?${new URLSearchParams({ ...options, name })}`;
  if (text.length > MAX_CALL_LENGTH)
    throw new RangeError(`Expected a call of at most ${MAX_CALL_LENGTH} characters, got ${text.length}`);
  return text;
};

/** The call that a button carries; undefined for any other text. */
export const decodeCall = (text: string): Call | undefined => {
  const [prefix, query] = text.split('?', 2);
  if (prefix !== PREFIX || query === undefined) return undefined;
  const { name, ...options } = Object.fromEntries(new URLSearchParams(query));
  return name ? { name, options } : undefined;
};

/** A button that runs a command. */
export const callButton = (label: string, call: Call): Action => ({ label, call: encodeCall(call) });
