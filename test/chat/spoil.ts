type Random = () => number;

const pick = <T>(from: readonly T[], random: Random): T => {
  const [first] = from;
  if (first === undefined) throw new RangeError('Expected something to pick from');
  return from[Math.floor(random() * from.length)] ?? first;
};

const HUGE: readonly unknown[] = [Number.MAX_SAFE_INTEGER, 1e308, '9'.repeat(400), 'x'.repeat(20_000)];
const SMALL: readonly unknown[] = [-1, -0.5, 0, '', '-1'];
const UNKNOWN: readonly unknown[] = [99, 'nobody_knows', '\u0000', '__proto__', '2026-02-30T99:00:00Z'];

/** What may stand in the place of a value: nothing, another type, one inside another, twice, huge, negative, of no list. */
const WAYS: readonly ((value: unknown, random: Random) => unknown)[] = [
  () => null,
  () => null,
  (_value, random) => pick([{}, [], true, false, 5, 'x', [null], [[]]], random),
  (value) => [value],
  (value) => ({ value }),
  (value) => (Array.isArray(value) ? [...value, ...value] : `${String(value)}${String(value)}`),
  (value) => (Array.isArray(value) ? Array.from({ length: 300 }, () => value[0]) : value),
  (_value, random) => pick(HUGE, random),
  (_value, random) => pick(SMALL, random),
  (_value, random) => pick(UNKNOWN, random),
];

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** How many fields there are, at all depths. */
const sizeOf = (value: unknown): number =>
  isTree(value) ? Object.values(value).reduce<number>((sum, child) => sum + 1 + sizeOf(child), 0) : 0;

/** A copy with one change, in any of its fields: all are equally likely. */
const spoilOnce = (value: unknown, random: Random): unknown => {
  const keys = isTree(value) ? Object.keys(value) : [];
  if (!isTree(value) || keys.length === 0) return pick(WAYS, random)(value, random);
  let left = Math.floor(random() * sizeOf(value));
  const key = keys.find((each) => {
    left -= 1 + sizeOf(Reflect.get(value, each));
    return left < 0;
  });
  if (key === undefined) return value;
  const child: unknown = Reflect.get(value, key);
  const copy: Record<string, unknown> = { ...value };
  const way = random();
  if (random() * (1 + sizeOf(child)) >= 1) copy[key] = spoilOnce(child, random);
  else if (way < 0.2) delete copy[key];
  else if (way < 0.35) copy[key] = Reflect.get(value, pick(keys, random));
  else copy[key] = pick(WAYS, random)(child, random);
  return Array.isArray(value) ? Object.values(copy) : copy;
};

/** A copy with one to three changes: fields that are missing, null, of another type, swapped, nested, doubled, huge, negative. */
export const spoil = (value: unknown, random: Random): unknown => {
  let spoiled = value;
  for (let left = 1 + Math.floor(random() * 3); left > 0; left -= 1) spoiled = spoilOnce(spoiled, random);
  return spoiled;
};
