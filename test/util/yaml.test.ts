import { expect, test } from 'vitest';
import { readYaml } from '../../src/util/yaml.ts';

const text = `# A comment.
name: "a: b"
days:
  2024-08-05: { fall: 3.4 }
`;

test('a day stays a text, and a number becomes one', () => {
  expect(readYaml(text).value).toEqual({ name: 'a: b', days: { '2024-08-05': { fall: 3.4 } } });
  expect(readYaml('since: 2024-08-05\n').value).toEqual({ since: '2024-08-05' });
});

test.each([
  ['the whole', [], 2],
  ['a key', ['days'], 3],
  ['a key that reads as a day', ['days', '2024-08-05'], 4],
  ['a key in braces', ['days', '2024-08-05', 'fall'], 4],
  ['a key that is missing', ['days', '2024-08-06', 'fall'], 3],
  ['a key of a text', ['name', 'first'], 2],
])('the line of %s', (_, path, line) => {
  expect(readYaml(text).lineOf(path)).toBe(line);
});

test('the line of an item, after items of several lines', () => {
  const { lineOf } = readYaml('rows:\n  - a: 1\n    b: [1, 2]\n  - - x\n    - y\n  - &z c: 3\n');
  expect(lineOf(['rows', 0, 'b', 1])).toBe(3);
  expect(lineOf(['rows', 1, 1])).toBe(5);
  expect(lineOf(['rows', 2, 'c'])).toBe(6);
  expect(lineOf(['rows', 7])).toBe(1);
});

test('an empty text is null', () => {
  expect(readYaml('').value).toBeNull();
  expect(readYaml('# nothing\n').value).toBeNull();
  expect(readYaml('').lineOf(['a'])).toBe(1);
});

test.each([
  ['a: [1\n', 2],
  ['a: 1\na: 2\n', 2],
  ['a: 1\n---\nb: 2\n', 1],
  ['a: 1\nb: *nowhere\n', 2],
])('%j is no YAML, or more than one document', (broken, line) => {
  expect(() => readYaml(broken)).toThrow(expect.objectContaining({ name: 'YamlError', line }));
});
