/** The choice of an encoding, loaded when a file is first opened. Where it cannot be had, the page goes on without it. */
import { lazy, type ComponentProps, type ComponentType } from 'react';
import type * as Encodings from './Encodings';

interface Part {
  readonly EncodingSelect: ComponentType<ComponentProps<typeof Encodings.EncodingSelect>>;
  readonly Reread: ComponentType<ComponentProps<typeof Encodings.Reread>>;
}

const Missing = () => null;

const load = (): Promise<Part> => import('./Encodings').catch(() => ({ EncodingSelect: Missing, Reread: Missing }));

export const EncodingSelect = lazy(async () => ({ default: (await load()).EncodingSelect }));
export const Reread = lazy(async () => ({ default: (await load()).Reread }));
