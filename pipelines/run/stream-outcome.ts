import type { LoadCounts } from '../warehouse/load-request.ts';

interface Named {
    readonly stream: string;
    /** Set when it came from a connection instead of files. */
    readonly connection?: string;
}

/** What became of one stream in a load. */
export type StreamOutcome = Named &
    (
        | {
              readonly status: 'loaded';
              readonly counts: LoadCounts;
              /** What a person should know although nothing was refused for it. */
              readonly notes: readonly string[];
              /** What makes numbers incomplete. */
              readonly warnings: readonly string[];
          }
        | { readonly status: 'unchanged' }
        | { readonly status: 'failed'; readonly error: Error }
    );
