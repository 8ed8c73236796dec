import type { Catalogue } from '../../src/i18n/catalogue.ts';
import { cityOf, zoneName } from '../../src/i18n/zone-name.ts';
import { byName } from '../names.ts';
import type { Nameable } from '../nearest.ts';
import { normalise } from '../normalise.ts';
import { CITY_ZONES } from './city-zones.ts';

/** Old names that the engine lists in the place of the ones that are used today. */
const RENAMED: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Europe/Kiev': 'Europe/Kyiv',
  'America/Godthab': 'America/Nuuk',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
};

/** Every zone, the ones that are asked for most first. */
const zones = (): readonly string[] => [
  ...new Set([...Object.keys(CITY_ZONES), ...Intl.supportedValuesOf('timeZone').map((zone) => RENAMED[zone] ?? zone)]),
];

const known = new WeakMap<Catalogue, readonly Nameable[]>();

/** All zones with their names: IANA's, the city's in every language, other cities in it. Made once for a catalogue. */
export const zoneNames = (catalogue: Catalogue): readonly Nameable[] => {
  const there = known.get(catalogue);
  if (there) return there;
  const made = zones().map((zone) => ({
    id: zone,
    names: [
      ...new Set([
        zone,
        cityOf(zone),
        ...catalogue.languages.map((language) => zoneName(catalogue.in(language), zone)),
        ...(CITY_ZONES[zone] ?? []),
      ]),
    ],
  }));
  known.set(catalogue, made);
  return made;
};

/** An IANA name is words with slashes; offsets, dates and the like, which Temporal also takes, are none. */
const IANA = /^[a-z]+(?:_[a-z]+)*(?:\/[a-z0-9_+-]+){1,2}$/i;

/** As IANA writes it, where the engine knows the zone though it does not list it: `Asia/Calcutta`. */
const unlisted = (typed: string): string | undefined => {
  if (!IANA.test(typed)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(typed).timeZoneId;
  } catch {
    return undefined;
  }
};

/** The zone that is meant, by IANA's name or a city's in any language; undefined for anything else. */
export const readTimeZone = (catalogue: Catalogue, typed: string): string | undefined => {
  const text = typed.trim();
  return (
    byName(zoneNames(catalogue), text) ??
    byName(zoneNames(catalogue), normalise(text).replaceAll(' ', '_')) ??
    unlisted(text)
  );
};

/** Zones that a mistyped text may mean: the well-known ones, and those that begin with the same letter. */
export const zonesLike = (catalogue: Catalogue, typed: string): readonly Nameable[] => {
  const first = normalise(typed).at(0) ?? '';
  return zoneNames(catalogue).filter(({ id }) => id in CITY_ZONES || normalise(cityOf(id)).startsWith(first));
};
