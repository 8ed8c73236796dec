import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { cityOf, zoneName } from '../../src/i18n/names.ts';
import { normaliseText } from '../../src/util/normalise-text.ts';
import { byName } from '../names.ts';
import type { Nameable } from '../nearest.ts';
import { COMMON_ZONES } from './common-zones.ts';
import { perCatalogue } from './per-catalogue.ts';

/** Old names that the engine lists, and the current ones. */
const RENAMED_ZONES: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Europe/Kiev': 'Europe/Kyiv',
  'America/Godthab': 'America/Nuuk',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
};

/** All zones, the most common ones first. */
const zones = (): readonly string[] => [
  ...new Set([...COMMON_ZONES, ...Intl.supportedValuesOf('timeZone').map((zone) => RENAMED_ZONES[zone] ?? zone)]),
];

/** All zones with their names: IANA's, the city's in every language, and other cities. */
export const zoneNames = perCatalogue((catalogue): readonly Nameable[] =>
  zones().map((zone) => ({
    id: zone,
    names: [
      ...new Set([
        zone,
        cityOf(zone),
        ...catalogue.languages.map((language) => zoneName(catalogue.in(language), zone)),
        ...(catalogue.typed.zone[zone] ?? []),
      ]),
    ],
  })),
);

/** An IANA name: words with slashes. Excludes offsets and dates, which Temporal would accept as well. */
const IANA_NAME = /^[a-z]+(?:_[a-z]+)*(?:\/[a-z0-9_+-]+){1,2}$/i;

/** The id of a zone that the engine knows but does not list, such as `Asia/Calcutta`. */
const unlistedZone = (typed: string): string | undefined => {
  if (!IANA_NAME.test(typed)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(typed).timeZoneId;
  } catch {
    return undefined;
  }
};

/** A zone by its IANA name or a city's name in any language; undefined for anything else. */
export const readTimeZone = (catalogue: Catalogue, typed: string): string | undefined => {
  const text = typed.trim();
  return (
    byName(zoneNames(catalogue), text) ??
    byName(zoneNames(catalogue), normaliseText(text).replaceAll(' ', '_')) ??
    unlistedZone(text)
  );
};

/** Candidates for a mistyped zone: the common ones, and those whose city has the same first letter. */
export const zoneCandidates = (catalogue: Catalogue, typed: string): readonly Nameable[] => {
  const first = normaliseText(typed).at(0) ?? '';
  return zoneNames(catalogue).filter(
    ({ id }) => COMMON_ZONES.includes(id) || normaliseText(cityOf(id)).startsWith(first),
  );
};
