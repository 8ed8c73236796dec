/** Red, green and blue of a screen, each 0 to 1 and linear in light. */
type Light = readonly [red: number, green: number, blue: number];
type Lab = readonly [lightness: number, a: number, b: number];

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** From `#rrggbb`. */
const lightOf = (colour: string): Light => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
  );
  return [red, green, blue];
};

/** What an eye without one kind of cone makes of light: Machado, Oliveira, Fernandes 2009, severity 1. */
const VISIONS = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const satisfies Record<string, readonly [Light, Light, Light]>;

type Vision = keyof typeof VISIONS;

const dot = (a: Light, b: Light): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

const seenAs = (light: Light, vision: Vision): Light => {
  const [red, green, blue] = VISIONS[vision].map((row) => Math.min(1, Math.max(0, dot(row, light))));
  return [red ?? 0, green ?? 0, blue ?? 0];
};

/** CIE L*a*b* under D65. */
const labOf = (light: Light): Lab => {
  const curve = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = curve(dot([0.4124564, 0.3575761, 0.1804375], light) / 0.95047);
  const y = curve(dot([0.2126729, 0.7151522, 0.072175], light));
  const z = curve(dot([0.0193339, 0.119192, 0.9503041], light) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** CIEDE2000 of two colours in L*a*b* (Sharma, Wu, Dalal 2005). */
export const ciede2000 = ([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number => {
  const seventh = (chroma: number): number => Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));
  const g = 0.5 * (1 - seventh((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2));
  const [x1, x2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(x1, b1), Math.hypot(x2, b2)];
  const hue = (b: number, a: number): number => ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
  const [h1, h2] = [hue(b1, x1), hue(b2, x2)];
  const grey = c1 * c2 === 0;
  const turn = grey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const hueStep = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2));
  const lightness = (l1 + l2) / 2;
  const chroma = (c1 + c2) / 2;
  const middle = grey ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
  const t =
    1 -
    0.17 * Math.cos(radians(middle - 30)) +
    0.24 * Math.cos(radians(2 * middle)) +
    0.32 * Math.cos(radians(3 * middle + 6)) -
    0.2 * Math.cos(radians(4 * middle - 63));
  const rotation = -Math.sin(radians(60 * Math.exp(-(((middle - 275) / 25) ** 2)))) * 2 * seventh(chroma);
  const dl = (l2 - l1) / (1 + (0.015 * (lightness - 50) ** 2) / Math.sqrt(20 + (lightness - 50) ** 2));
  const dc = (c2 - c1) / (1 + 0.045 * chroma);
  const dh = hueStep / (1 + 0.015 * chroma * t);
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rotation * dc * dh);
};

/** How far apart two colours are to the eye that tells them apart least; each `#rrggbb`. */
export const colourDistance = (one: string, other: string): number =>
  Math.min(
    ...(Object.keys(VISIONS) as Vision[]).map((vision) =>
      ciede2000(labOf(seenAs(lightOf(one), vision)), labOf(seenAs(lightOf(other), vision))),
    ),
  );

/** Pairs that lie closer together than `least`, with their distance. */
export const tooClose = (colours: readonly string[], least: number): readonly string[] =>
  colours.flatMap((one, at) =>
    colours.slice(at + 1).flatMap((other) => {
      const distance = colourDistance(one, other);
      return distance >= least ? [] : [`${one} ${other} ${distance.toFixed(1)}`];
    }),
  );

/** Contrast ratio of WCAG 2.2, of two colours as `#rrggbb`. */
export const contrast = (one: string, other: string): number => {
  const [lighter = 0, darker = 0] = [one, other]
    .map((colour) => dot([0.2126, 0.7152, 0.0722], lightOf(colour)))
    .sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
};
