import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { MAX_PRICE, toMicros } from '../../src/market/money.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { oneOf, perCatalogue } from './per-catalogue.ts';

/** Prices are shown in cents: a lower one would be told as none. */
const MIN_PRICE = 0.01;

const NUMBER = '(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)';

const formsOf = perCatalogue(({ typed: { value } }) => {
  const [below, above] = [oneOf(value.below), oneOf(value.above)];
  const unit = oneOf(value.dollars);
  return {
    below: new RegExp(`^(?:<|${below})|${below}$`, 'u'),
    above: new RegExp(`^(?:>|${above})|${above}$`, 'u'),
    price: new RegExp(
      `^(?:<|>|${below}|${above})?\\s*\\$?\\s*${NUMBER}\\s*(?:${unit})?\\s*(?:${below}|${above})?$`,
      'u',
    ),
  };
});

/** `100`, `$1,250.50`, `below 100`, `>120`: read as micro-units, after the side and a space if it was typed. Undefined for anything else. */
export const readPrice = (catalogue: Catalogue, typed: string): string | undefined => {
  const text = normaliseText(typed);
  const forms = formsOf(catalogue);
  const [, number = ''] = forms.price.exec(text) ?? [];
  const price = Number(number.replaceAll(',', ''));
  const micros = toMicros(price);
  if (number === '' || price < MIN_PRICE || price > MAX_PRICE) return undefined;
  const [isBelow, isAbove] = [forms.below.test(text), forms.above.test(text)];
  if (isBelow && isAbove) return undefined;
  return isBelow ? `below ${micros}` : isAbove ? `above ${micros}` : String(micros);
};
