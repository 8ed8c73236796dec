/** A component as it came, with where it stood. */
export interface Component {
  readonly at: string;
  readonly type: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every component of a message, nested ones and accessories too, in reading order. */
export function* componentsOf(value: unknown, at = 'components'): Generator<Component> {
  if (!Array.isArray(value)) return;
  for (const [index, fields] of value.entries()) {
    if (!isRecord(fields)) continue;
    const own = `${at}[${index}]`;
    yield { at: own, type: Number(fields.type), fields };
    yield* componentsOf(fields.components, `${own}.components`);
    if (fields.accessory !== undefined) yield* componentsOf([fields.accessory], `${own}.accessory`);
  }
}

/** The addresses of media that a component shows: a thumbnail's, a file's, a gallery's. */
export const mediaOf = ({ fields }: Component): string[] => {
  const items = Array.isArray(fields.items) ? fields.items : [];
  return [fields, ...items]
    .filter(isRecord)
    .flatMap((holder) => [holder.media, holder.file])
    .filter(isRecord)
    .map((media) => String(media.url));
};

const COMMON = ['type', 'id'];

/** The keys each type of component knows. Source: Discord's documentation, "Component Reference". */
export const KEYS: Readonly<Record<number, readonly string[]>> = {
  1: [...COMMON, 'components'],
  2: [...COMMON, 'style', 'label', 'emoji', 'custom_id', 'sku_id', 'url', 'disabled'],
  3: [...COMMON, 'custom_id', 'options', 'placeholder', 'min_values', 'max_values', 'disabled'],
  9: [...COMMON, 'components', 'accessory'],
  10: [...COMMON, 'content'],
  11: [...COMMON, 'media', 'description', 'spoiler'],
  12: [...COMMON, 'items'],
  13: [...COMMON, 'file', 'spoiler'],
  14: [...COMMON, 'divider', 'spacing'],
  17: [...COMMON, 'components', 'accent_color', 'spoiler'],
};
