/** The slope of what a state costs; see `ScanBackward`. */
import { PRICE_DELTA } from '../kernels';

/** price · dρ(x) / dx. */
export const slopeOfPrice = (x: number, price: number): number => price * Math.max(-1, Math.min(1, x / PRICE_DELTA));
