import { describe, expect, it } from 'vitest';
import { format, pieces, plain } from '../src/app/format';

describe('format', () => {
  it('puts params in, numbers with grouping, text as it is', () => {
    expect(format('{n} of {name}', { n: 12345, name: '2026' }, 'en')).toBe('12,345 of 2026');
  });
  it('chooses plurals', () => {
    const message = '{n, plural, =0 {none} one {# day} other {# days}} left';
    expect(format(message, { n: 0 }, 'en')).toBe('none left');
    expect(format(message, { n: 1 }, 'en')).toBe('1 day left');
    expect(format(message, { n: 1200 }, 'en')).toBe('1,200 days left');
  });
  it('leaves out what is not given', () => expect(format('a{b}c', {}, 'en')).toBe('ac'));
  it('does not fill what a param says', () => expect(format('{a}{b}', { a: '{b}', b: 'x' }, 'en')).toBe('{b}x'));
});

describe('ruby', () => {
  it('takes marks apart', () => {
    expect(pieces('お[知|し]らせ')).toEqual([{ text: 'お' }, { text: '知', reading: 'し' }, { text: 'らせ' }]);
    expect(plain('お[知|し]らせ')).toBe('お知らせ');
  });
  it('leaves other brackets alone', () => expect(pieces('[a] b|c')).toEqual([{ text: '[a] b|c' }]));
});
