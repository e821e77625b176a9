import { describe, expect, it } from 'vitest';
import { exploredWord } from './explored.ts';

const explanation = (claim: string) => ({ text: '', claim, evidence: {} });

describe('the mark of an explored card', () => {
  it('never calls new what the listener has played', () => {
    expect(exploredWord({ explored: true, explanation: explanation('new_artist') })).toBe('Something new');
    expect(exploredWord({ explored: true, explanation: explanation('played_item') })).toBe('A surprise');
    expect(exploredWord({ explored: true, explanation: explanation('forgotten') })).toBe('A surprise');
    expect(exploredWord({ explored: false, explanation: null })).toBeNull();
  });
});
