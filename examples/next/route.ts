// app/api/graphql/route.ts
import { createIvsGateway, type IvsGateway } from 'ivs-graphql';

const shared = globalThis as { ivs?: Promise<IvsGateway> }; // a module is loaded anew when it changes
shared.ivs ??= createIvsGateway({ backend: 'emulator', path: '/api/graphql' });

const handle = async (request: Request) => (await shared.ivs)?.fetch(request);

export { handle as GET, handle as OPTIONS, handle as POST };
export const dynamic = 'force-dynamic';
