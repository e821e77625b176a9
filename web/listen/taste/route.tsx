import { useListener } from '../listener.ts';
import { TastePage } from './page.tsx';

/** My taste of whoever is shown; loaded when first opened, for it brings the charts along. */
export const TasteRoute = () => <TastePage userId={useListener() ?? 'me'} />;
