import type { Action } from './card.ts';

/** A question in a button: a command's name and its options. */
export interface Call {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

/** A platform's ids hold a hundred characters. */
const LONGEST = 100;
const SIGN = 'ask';

/**
 * The call as text of at most a hundred characters, such as `ask?name=chart&symbol=NVDA&range=6m`.
 * @throws RangeError where it is longer: buttons are made of our own short values.
 */
export const encodeCall = ({ name, options }: Call): string => {
  const text = `${SIGN}?${new URLSearchParams({ ...options, name })}`;
  if (text.length > LONGEST)
    throw new RangeError(`Expected a call of at most ${LONGEST} characters, got ${text.length}`);
  return text;
};

/** The call that a button holds; undefined for any other text. */
export const decodeCall = (text: string): Call | undefined => {
  const [sign, query] = text.split('?', 2);
  if (sign !== SIGN || query === undefined) return undefined;
  const { name, ...options } = Object.fromEntries(new URLSearchParams(query));
  return name ? { name, options } : undefined;
};

/** A button that asks `call`. */
export const callButton = (label: string, call: Call): Action => ({ label, call: encodeCall(call) });
