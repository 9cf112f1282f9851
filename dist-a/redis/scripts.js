// Lua in one round trip, once Redis knows the script.
import { createHash } from 'node:crypto';
export async function evaluate(client, lua, args) {
    try {
        return await client.callBuffer('EVALSHA', shaOf(lua), ...args);
    }
    catch (error) {
        if (!error.message.startsWith('NOSCRIPT'))
            throw error;
        return client.callBuffer('EVAL', lua, ...args);
    }
}
const shas = new Map();
function shaOf(lua) {
    const sha = shas.get(lua) ?? createHash('sha1').update(lua).digest('hex');
    shas.set(lua, sha);
    return sha;
}
