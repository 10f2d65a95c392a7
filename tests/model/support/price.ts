/** What a state costs by the price of memory, written down a second time. */

/** PyTorch's smooth_l1_loss to 0 with a beta of 0.1: quadratic within 0.1 of zero, linear beyond. */
export const sizeOfState = (x: number): number => (Math.abs(x) < 0.1 ? x ** 2 / 0.2 : Math.abs(x) - 0.05);
