import { z } from 'zod';
import { isLoopback, isNetwork } from './addresses.ts';

const hostName = z
    .string()
    .regex(
        /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
        'a host name in lower case, without https:// and port',
    );

const openId = z.strictObject({
    /** Where the provider says what it has, without /.well-known/openid-configuration. */
    issuer: z.url('the address of the provider, such as https://login.example.com'),
    client_id: z.string().min(1),
    /** What of the answer is the name of a person in the file of users. */
    claim: z.string().min(1).default('email'),
});

/** How pages are served, and to whom. */
export const serveSettings = z
    .strictObject({
        /** Names readers write into the address besides localhost, such as a proxy's. */
        host_names: z.array(hostName).default([]),
        /** The address of this machine that is listened on. */
        address: z
            .union([z.ipv4(), z.ipv6()], 'an IP address such as 0.0.0.0')
            .default('127.0.0.1'),
        /** What readers write into their browser, where that is not this machine. */
        public_url: z
            .url({ protocol: /^https?$/, error: 'an address such as https://numbers.example.com' })
            .optional(),
        /** Proxies in front: what they say of who asks is believed. */
        proxies: z
            .array(z.string().refine(isNetwork, 'an IP address or a network such as 10.0.0.0/16'))
            .default([]),
        /** File of the people who may read, beside the config. */
        users: z.string().min(1).optional(),
        /** A provider that people sign in with. */
        open_id: openId.optional(),
        /** Header in which the proxies name who asks. */
        identity_header: z
            .string()
            .regex(/^[a-z0-9-]+$/, 'the name of a header in lower case')
            .optional(),
        /** Of somebody the provider or the proxy knows and the file of users does not. */
        unlisted: z.enum(['refuse', 'everyone']).default('refuse'),
    })
    .superRefine((value, context) => {
        const refuse = (path: string, message: string) =>
            context.addIssue({ code: 'custom', path: [path], message });
        const { protocol, hostname } = new URL(value.public_url ?? 'https://-');
        if (protocol === 'http:' && !isLoopback(hostname)) {
            refuse(
                'public_url',
                'passwords and pay would travel in the clear; serve it by https, from a proxy in front',
            );
        }
        if (!isLoopback(value.address) && value.public_url === undefined) {
            refuse(
                'public_url',
                `is missing: ${value.address} is not this machine alone; say what readers write into their browser`,
            );
        }
        if (value.identity_header !== undefined && value.proxies.length === 0) {
            refuse(
                'identity_header',
                'anybody could send it; list the addresses of the proxies that do, as proxies',
            );
        }
        if (value.identity_header !== undefined && value.open_id !== undefined) {
            refuse('identity_header', 'and open_id are two ways to sign in; leave one out');
        }
        if (value.open_id !== undefined && value.public_url === undefined) {
            refuse('public_url', 'is missing: the provider sends people back there');
        }
    });

export type ServeSettings = z.output<typeof serveSettings>;
