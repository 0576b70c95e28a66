import { google } from './google.ts';
import { linkedin } from './linkedin.ts';
import { meta } from './meta.ts';
import type { Platform } from './platform.ts';
import { yandex } from './yandex.ts';

/** Every platform that conversions can be exported for. */
export const platforms = { google, meta, linkedin, yandex } as const satisfies Record<
    string,
    Platform
>;

export type PlatformName = keyof typeof platforms;
