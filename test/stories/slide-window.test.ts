import { expect, test } from 'vitest';
import { OPEN_WINDOW, type SlideWindow, shutWindow } from '../../src/stories/slide-window.ts';

/** For how many minutes the window is shut after each message, taken at these minutes. */
const shutAfter = (...minutes: readonly number[]): number[] => {
  let window: SlideWindow = OPEN_WINDOW;
  return minutes.map((minute) => {
    const shut = shutWindow(window, minute * 60_000);
    window = shut.window;
    return shut.until / 60_000 - minute;
  });
};

test('a channel is shut for two minutes after a message with slides', () => {
  expect(shutAfter(0, 2, 20, 22)).toEqual([2, 2, 2, 2]);
});

test('four messages in a quarter of an hour shut it for five minutes each, until it was quiet for a quarter of an hour', () => {
  expect(shutAfter(0, 2, 4, 14, 19, 24, 38, 53, 55)).toEqual([2, 2, 2, 5, 5, 5, 5, 2, 2]);
  expect(shutAfter(0, 2, 4, 15)).toEqual([2, 2, 2, 2]);
});

test('messages of a clock that was ahead do not count', () => {
  expect(shutAfter(1_000, 1_001, 1_002, 0)).toEqual([2, 2, 2, 2]);
});
