import { describe, expect, it, test } from 'vitest';
import { faultOfUrl, isAllowedFor } from '../../../src/chat/webhook/endpoint.ts';

const faultOf = (url: string, isPrivate = false) => faultOfUrl({ url: new URL(url), private: isPrivate });
const NO_TLS = /https/;
const PRIVATE = /private: true/;

test.each([
  ['https://hooks.example.com/a', false, undefined],
  ['https://hooks.example.com/a', true, undefined],
  ['https://8.8.8.8/a', false, undefined],
  ['http://hooks.example.com/a', false, NO_TLS],
  ['http://hooks.example.com/a', true, NO_TLS],
  ['http://10.0.0.5/a', true, NO_TLS],
  ['ftp://hooks.example.com/a', true, NO_TLS],
  ['https://10.0.0.5/a', false, PRIVATE],
  ['https://10.0.0.5/a', true, undefined],
  ['https://169.254.169.254/latest', false, PRIVATE],
  ['https://[fd00::1]/a', false, PRIVATE],
  ['http://127.0.0.1:8080/a', false, PRIVATE],
  ['http://127.0.0.1:8080/a', true, undefined],
  ['http://[::1]:8080/a', true, undefined],
  ['http://localhost:8080/a', true, undefined],
  ['https://localhost/a', false, PRIVATE],
  ['https://localhost./a', false, PRIVATE],
  ['https://x.localhost/a', false, PRIVATE],
  ['http://2130706433/a', false, PRIVATE],
])('%s, private: %s', (url, isPrivate, fault) => {
  if (fault === undefined) expect(faultOf(url, isPrivate)).toBeUndefined();
  else expect(faultOf(url, isPrivate)).toMatch(fault);
});

describe('a connection', () => {
  it('without TLS is made to this machine alone, whatever the name resolves to', () => {
    const isAllowed = isAllowedFor({ url: new URL('http://localhost/'), private: true });
    expect(['127.0.0.1', '::1', '10.0.0.1', '8.8.8.8'].map(isAllowed)).toEqual([true, true, false, false]);
    expect(isAllowedFor({ url: new URL('http://localhost/'), private: false })('127.0.0.1')).toBe(false);
  });

  it('is made to no private address unless that is meant', () => {
    const url = new URL('https://hooks.example.com/');
    const some = ['8.8.8.8', '10.0.0.1', '127.0.0.1'];
    expect(some.map(isAllowedFor({ url, private: false }))).toEqual([true, false, false]);
    expect(some.map(isAllowedFor({ url, private: true }))).toEqual([true, true, true]);
  });
});
