/** The API key of this browser tab: kept for the session only, asked for when an answer says that one is needed. */

const PLACE = 'ritornello.key';

type Listener = () => void;
const listeners = new Set<Listener>();
let wanted = false;

const tell = () => {
  for (const listener of listeners) listener();
};

export const apiKey = {
  read: (): string | null => sessionStorage.getItem(PLACE),
  keep(key: string): void {
    sessionStorage.setItem(PLACE, key);
    wanted = false;
    tell();
  },
  ask(): void {
    wanted = true;
    tell();
  },
  dismiss(): void {
    wanted = false;
    tell();
  },
  isWanted: (): boolean => wanted,
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
