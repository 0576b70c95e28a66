import { BlockList, isIP } from 'node:net';

/** Whether a text is an IP address, or a network of them such as `10.0.0.0/16`. */
export function isNetwork(text: string): boolean {
    const [address = '', bits, ...rest] = text.split('/');
    const family = isIP(address);
    if (family === 0 || rest.length > 0) return false;
    return (
        bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
    );
}

/** Whether nobody but this machine reaches an address or a host name. */
export function isLoopback(host: string): boolean {
    const name = host.replace(/^\[|\]$/g, '').toLowerCase();
    return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Who is in a list of addresses and networks. @param networks as `isNetwork` takes them */
export function addressList(networks: readonly string[]): (address: string) => boolean {
    const list = new BlockList();
    for (const one of networks) {
        const [address = '', bits] = one.split('/');
        const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
        if (bits === undefined) list.addAddress(address, family);
        else list.addSubnet(address, Number(bits), family);
    }
    return (address) =>
        isIP(address) > 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address as it is written, also where the socket is one of IPv6. */
export const plainAddress = (address = '') => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** Some proxies write the port of the connection behind an address, another one each time. */
function withoutPort(written: string): string {
    const [, ipv6, ipv4] =
        /^"?(?:\[([^\]]*)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)"?$/.exec(written) ?? [];
    return ipv6 ?? ipv4 ?? written;
}

/**
 * Who asks: the last address in `X-Forwarded-For` that is none of our proxies, where one of them sent
 * it; of anybody else, the address the connection comes from. What stands further left was written by
 * whoever asks.
 */
export function clientAddress(
    remote: string,
    forwardedFor: string | undefined,
    isProxy: (address: string) => boolean,
): string {
    const chain = [...(forwardedFor?.split(',') ?? []), remote].map((one) =>
        plainAddress(withoutPort(one.trim())),
    );
    return chain.findLast((address) => !isProxy(address)) ?? remote;
}
