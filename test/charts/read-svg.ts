import { type Box, GUTTER } from '../../src/charts/layout.ts';
import { textWidth } from '../../src/charts/text-width.ts';

export interface Drawn {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Escaped, as in the file. */
  readonly text: string;
}

const HEIGHTS = ['y', 'y1', 'y2', 'cy'];

/** An element of a picture within a picture, where it is in the outer one. */
const movedDown = ({ name, attributes, text }: Drawn, by: number): Drawn => {
  const moved = Object.entries(attributes).map(([key, value]) => {
    if (HEIGHTS.includes(key)) return [key, String(Number(value) + by)];
    if (key === 'd') return [key, value.replaceAll(/,(-?[\d.]+)/g, (_, y: string) => `,${Number(y) + by}`)];
    return [key, value];
  });
  return { name, attributes: Object.fromEntries(moved), text };
};

/** The elements of a chart, in drawing order. Relies on quoted attributes without a raw `>`. */
export const elements = (svg: string): readonly Drawn[] => {
  const tops: number[] = [];
  return [...svg.matchAll(/<(\/?)([a-zA-Z]+)([^>]*)>([^<]*)/g)].flatMap(([, end, name = '', rest = '', text = '']) => {
    if (end) {
      if (name === 'svg') tops.pop();
      return [];
    }
    const attributes: Record<string, string> = Object.fromEntries(
      [...rest.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    );
    const top = tops.at(-1) ?? 0;
    if (name === 'svg') tops.push(top + Number(attributes.y ?? 0));
    const element = { name, attributes, text };
    return [top === 0 || name === 'svg' ? element : movedDown(element, top)];
  });
};

export const texts = (svg: string): readonly Drawn[] => elements(svg).filter((element) => element.name === 'text');

export const labels = (svg: string): readonly string[] => texts(svg).map((element) => element.text);

/** Labels and tags beside the plot, down to the height `until`. */
export const gutterLabels = (svg: string, until = Number.POSITIVE_INFINITY): readonly string[] =>
  texts(svg)
    .filter(({ attributes }) => number(attributes.x) === GUTTER.label && number(attributes.y) < until)
    .map(({ text }) => text);

const number = (value: string | undefined): number => Number(value ?? '0');

/** The box of a text; capitals and digits have no descenders. */
export const boxOf = ({ attributes, text }: Drawn): Box => {
  const size = number(attributes['font-size']);
  const width = textWidth(text.replace(/&[lg]t;|&amp;/g, '+'), size);
  const x = number(attributes.x);
  const anchor = attributes['text-anchor'];
  const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
  const y = number(attributes.y);
  return { left, top: y - size * 0.73, right: left + width, bottom: y };
};

/** Every point that an element touches: corners, centres with radius, path vertices, corners of texts. */
const pointsOf = (element: Drawn): readonly (readonly [number, number])[] => {
  const at = (name: string): number => number(element.attributes[name]);
  switch (element.name) {
    case 'path':
      return [...(element.attributes.d ?? '').matchAll(/([^,MLZ]+),([^,MLZ]+)/g)].map(([, x, y]) => [
        number(x),
        number(y),
      ]);
    case 'line':
      return [
        [at('x1'), at('y1')],
        [at('x2'), at('y2')],
      ];
    case 'rect':
      return [
        [at('x'), at('y')],
        [at('x') + at('width'), at('y') + at('height')],
      ];
    case 'circle':
      return [
        [at('cx') - at('r'), at('cy') - at('r')],
        [at('cx') + at('r'), at('cy') + at('r')],
      ];
    case 'linearGradient':
      return [
        [at('x1'), at('y1')],
        [at('x2'), at('y2')],
      ];
    case 'text': {
      const box = boxOf(element);
      return [
        [box.left, box.top],
        [box.right, box.bottom],
      ];
    }
    default:
      return [];
  }
};

/** Elements with a coordinate that is not a number or is outside of the picture. */
export const outside = (svg: string): readonly Drawn[] => {
  const [width = 0, height = 0] = (elements(svg)[0]?.attributes.viewBox ?? '').split(' ').slice(2).map(Number);
  return elements(svg).filter((element) =>
    pointsOf(element).some(([x, y]) => !(x >= 0 && x <= width && y >= 0 && y <= height)),
  );
};

/** Pairs of texts that overlap. */
export const overlapping = (svg: string): readonly string[] => {
  const all = texts(svg);
  return all.flatMap((one, index) =>
    all.slice(index + 1).flatMap((other) => {
      const [a, b] = [boxOf(one), boxOf(other)];
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      return apart ? [] : [`${one.text} / ${other.text}`];
    }),
  );
};
