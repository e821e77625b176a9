import { useState } from 'react';
import { keepTheme, nextTheme, readTheme, type Theme } from '../../theme/theme.ts';
import { IconButton } from '../button.tsx';

const WORDS: Readonly<Record<Theme, string>> = { system: 'as the machine', light: 'light', dark: 'dark' };

/** Light, dark, or as the machine is set. */
export const ThemeSwitch = () => {
  const [theme, setTheme] = useState(readTheme);
  const next = nextTheme(theme);
  return (
    <IconButton
      icon={theme}
      label={`Colours: ${WORDS[theme]}. Change to ${WORDS[next]}`}
      onClick={() => {
        keepTheme(next);
        setTheme(next);
      }}
    />
  );
};
