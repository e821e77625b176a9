import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDefinition, type Definition, nameOf, standardDefinitions } from '#success';
import { rememberChecked } from './checked-definitions.ts';
import { allDefinitions, saveDefinition, uncheckedTexts } from './definition-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'definitions-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SLEEP = standardDefinitions().find(({ name }) => name === 'sleep_playlist')!;
const copy = (version: number): string => SLEEP.source.replace('version: 1', `version: ${version}`);
const checked = (text: string): Definition => checkDefinition(text).definition!;
const own = (): readonly Definition[] => allDefinitions(folder).filter((each) => !standardDefinitions().includes(each));

describe('definitions of a folder', () => {
  it('are none without one, and stand beside the shipped ones', () => {
    expect(allDefinitions(join(folder, 'none'))).toEqual(standardDefinitions());
    expect(uncheckedTexts(join(folder, 'none'))).toEqual([]);
    saveDefinition(folder, checked(copy(2)));
    expect(own().map(nameOf)).toEqual(['sleep_playlist@2']);
    expect(allDefinitions(folder)).toHaveLength(standardDefinitions().length + 1);
    expect(() => saveDefinition(folder, checked(copy(2)))).toThrow(/is kept already/);
  });

  it('are checked once as long as their text stands: when they are saved, or first read', () => {
    const saved = checked(copy(2));
    saveDefinition(folder, saved);
    expect(own()[0]).toBe(saved);

    const file = join(folder, 'by-hand.yaml');
    writeFileSync(file, copy(3));
    expect(uncheckedTexts(folder)).toEqual([{ file, text: copy(3) }]);
    const [first] = own().filter(({ version }) => version === 3);
    expect(first).toBeDefined();
    expect(own()).toContain(first);
    expect(uncheckedTexts(folder)).toEqual([]);

    writeFileSync(file, copy(4));
    expect(own().map(({ version }) => version)).toEqual([4, 2]);
  });

  it('are left out as long as they have errors, also where the check was made elsewhere', () => {
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, 'name: x');
    expect(own()).toEqual([]);
    expect(uncheckedTexts(folder)).toEqual([]);

    writeFileSync(file, copy(5));
    rememberChecked({ file, text: copy(5) }, undefined);
    expect(own()).toEqual([]);
    const elsewhere = checked(copy(5));
    rememberChecked({ file, text: copy(5) }, elsewhere);
    expect(own()).toEqual([elsewhere]);
  });
});
