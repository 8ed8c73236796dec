/**
 * Measures what a picture costs over resvg alone on the same SVG, and the longest that it holds the event loop: a slide
 * with its bill, and the underwater line of fifty years of closes.
 */
import { renderAsync } from '@resvg/resvg-js';
import { billOf, slidePicture } from '../src/cards/picture-figures.ts';
import { chartPng, fontFiles } from '../src/charts/png.ts';
import { chartSvg } from '../src/charts/svg.ts';
import { toMicros } from '../src/market/money.ts';
import type { Point, SlideChart } from '../src/stories/chart-spec.ts';

const ROUNDS = 25;
/** Before what is measured: the first rounds compile. */
const WARM_UP = 10;
const DAY_MS = 86_400_000;

/** A walk of closes that falls and rises again, the same at each run. */
const walk = (count: number): readonly Point[] =>
  Array.from({ length: count }, (_, at) => ({
    session: new Date(Date.UTC(1975, 0, 2) + at * DAY_MS).toISOString().slice(0, 10),
    close: 100 + 40 * Math.sin(at / 37) + 15 * Math.sin(at / 5.3) + at / 50,
  }));

const pictureOf = (count: number, shown: number, window: number): SlideChart => {
  const points = walk(count);
  const peak = points.reduce((a, b) => (b.close >= a.close ? b : a));
  const price = toMicros(points.at(-1)?.close ?? 1);
  const from = (back: number) => points.at(-back)?.session ?? '';
  const quarters = [240, 180, 110, 50].map((back, n) => ({
    end: `2024-0${n * 2 + 1}-31`,
    capex: 33_000 + n * 4_000,
    published: from(back),
    yoyPercent: 31,
  }));
  return slidePicture(
    { kind: 'slide', symbol: 'NVDA', points, peak, window, shown, level: 20 },
    {
      unit: 'usd',
      price,
      peak: toMicros(peak.close),
      window,
      bill: window === 252 ? billOf({ companies: ['GOOGL', 'MSFT', 'AMZN', 'META'], quarters }) : undefined,
    },
  );
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;

/**
 * Milliseconds of processor time of all threads, and the most that the event loop's own thread spent between two turns:
 * what others do on the computer meanwhile is not counted.
 */
const measure = async (work: () => Promise<unknown>): Promise<{ readonly took: number; readonly stall: number }> => {
  let last = process.threadCpuUsage();
  let stall = 0;
  let running = true;
  const turn = (): void => {
    stall = Math.max(stall, milliseconds(process.threadCpuUsage(last)));
    last = process.threadCpuUsage();
    if (running) setTimeout(turn, 0);
  };
  setTimeout(turn, 0);
  const begin = process.cpuUsage();
  await work();
  const took = milliseconds(process.cpuUsage(begin));
  turn();
  running = false;
  return { took, stall };
};

const alone = async (svg: string): Promise<Uint8Array> => {
  const font = { loadSystemFonts: false, fontFiles: [...fontFiles()], defaultFontFamily: 'Inter' };
  return (await renderAsync(svg, { font })).asPng();
};

for (const [what, spec] of [
  ['a slide with its bill', pictureOf(506, 253, 252)],
  ['fifty years of closes', pictureOf(12_600, 12_600, 12_600)],
] as const) {
  const svg = chartSvg(spec);
  const [ours, resvg]: [{ took: number; stall: number }[], number[]] = [[], []];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const base = await measure(() => alone(svg));
    const own = await measure(() => chartPng(spec));
    if (round < 0) continue;
    resvg.push(base.took);
    ours.push(own);
  }
  const [ms, base, stall] = [median(ours.map(({ took }) => took)), median(resvg), median(ours.map((one) => one.stall))];
  console.log(
    `${what}: ${ms.toFixed(1)} ms, resvg alone ${base.toFixed(1)} ms, ratio ${(ms / base).toFixed(2)} (1.2 allowed); holds the event loop for ${stall.toFixed(1)} ms (15 allowed)`,
  );
  if (ms > 1.2 * base || stall > 15) process.exitCode = 1;
}
