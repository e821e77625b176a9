import { expect, it } from 'vitest';
import { LineBuffer } from './line-buffer.ts';

it('keeps lines in UTF-8, each with its end, however many, and begins anew when they are taken', () => {
  const buffer = new LineBuffer();
  const lines = Array.from({ length: 3000 }, (_, n) => `${n} näher — 音楽 🎵 ${'x'.repeat(n % 97)}`);
  for (const line of lines) buffer.add(line);
  expect(new TextDecoder().decode(buffer.take())).toBe(`${lines.join('\n')}\n`);
  expect(buffer.take()).toHaveLength(0);
  buffer.add('again');
  expect(new TextDecoder().decode(buffer.take())).toBe('again\n');
});
