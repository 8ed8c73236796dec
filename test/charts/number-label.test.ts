import { expect, test } from 'vitest';
import { levelLabel, percentLabel, priceLabel, tickLabels } from '../../src/charts/number-label.ts';

test.each([
  [0.097917, '0.098'],
  [0.5, '0.50'],
  [103.73, '103.73'],
  [999.999, '1,000.00'],
  [1234.5, '1,235'],
  [17_342.41, '17,342'],
  [15_432.1, '15,432'],
  [999_999.4, '999,999'],
  [999_999.5, '1.00M'],
  [1_234_567, '1.23M'],
  [123_456_789, '123.5M'],
  [2_500_000_000, '2.50B'],
])('a price of %d is shown as %s', (price, label) => {
  expect(priceLabel(price)).toBe(label);
});

test.each([
  [-23.49, '−23.5%'],
  [-23.45, '−23.5%'],
  [1.25, '+1.3%'],
  [-0.04, '0.0%'],
  [0, '0.0%'],
])('a change of %d percent is shown as %s', (percent, label) => {
  expect(percentLabel(percent)).toBe(label);
});

test('a level shows decimals only if it has some', () => {
  expect([-20, -2.5, -0].map(levelLabel)).toEqual(['−20%', '−2.5%', '0%']);
});

test('the ticks of one axis share unit and decimals', () => {
  expect(tickLabels([40, 60, 80])).toEqual(['40', '60', '80']);
  expect(tickLabels([99.5, 100, 100.5])).toEqual(['99.50', '100.00', '100.50']);
  expect(tickLabels([0.09, 0.095])).toEqual(['0.090', '0.095']);
  expect(tickLabels([12_000, 14_000])).toEqual(['12,000', '14,000']);
  expect(tickLabels([800_000, 1_000_000, 1_200_000])).toEqual(['0.8M', '1.0M', '1.2M']);
  expect(tickLabels([1_000_000, 1_005_000])).toEqual(['1.000M', '1.005M']);
});
