import type { Translator } from './catalogue.ts';

/** The city in a zone's IANA name: "New York" of America/New_York. */
export const cityOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** A zone by its city, in the language where the messages know it: "Seoul", "서울". */
export const zoneName = (words: Translator, zone: string): string =>
  words.knows(`zone.${zone}`) ? words.say(`zone.${zone}`) : cityOf(zone);
