"""Speaks to `rapporteur mcp` with the protocol's own client library, in both eras of the protocol.

    mcp_client.py RAPPORTEUR RECORD

Calls every tool, follows pages to their end, and holds exact words against the offsets in their report's text.
"""

import asyncio
import sys

import jsonschema
from mcp import StdioServerParameters
from mcp.client.session import ClientSession
from mcp.client.stdio import stdio_client

SERVER = StdioServerParameters(command=sys.argv[1], args=["mcp", "--record", sys.argv[2]])


async def ask(session, tool, **arguments):
    result = await session.call_tool(tool, arguments)
    error = getattr(result, "is_error", None) or getattr(result, "isError", None)
    assert not error, f"{tool} {arguments}: {result.content}"
    return getattr(result, "structured_content", None) or result.structuredContent


async def everything(session, tool, **arguments):
    items, offset = [], 0
    while offset is not None:
        page = await ask(session, tool, offset=offset, **arguments)
        items += page["items"]
        offset = page["next_offset"]
    assert len(items) == page["total"], f"{tool}: {len(items)} items of {page['total']}"
    return items


async def use(session):
    tools = (await session.list_tools()).tools
    for tool in tools:
        schema = getattr(tool, "input_schema", None) or tool.inputSchema
        jsonschema.Draft202012Validator.check_schema(schema)
    names = [tool.name for tool in tools]
    claims = await everything(session, "claims", limit=100)
    texts = {}
    for claim in claims:
        voice = claim["voice"]
        report = voice["report"]["id"]
        if report not in texts:
            pieces, offset = [], 0
            while offset is not None:
                page = await ask(session, "report", id=report, offset=offset)
                pieces.append(page["items"][0]["text"])
                offset = page["next_offset"]
            texts[report] = "".join(pieces)
        assert texts[report][voice["start"]:voice["end"]] == voice["exact"], claim
    counts = {}
    for view in ["timeline", "talks", "control", "figures", "reports", "lineage", "names"]:
        counts[view] = len(await everything(session, view))
    counts["disputes"] = len(await everything(session, "disputes", standing="all"))
    one = claims[0]["voice"]["claim"]
    full = await ask(session, "claim", id=one)
    assert full["items"][0]["structure"]["id"] == one
    found = await ask(session, "search", words="talks")
    against = await everything(session, "disputes")
    for dispute in against:
        same = await everything(session, "question", words=dispute["question"])
        assert dispute["question"] in [one["question"] for one in same]
    await ask(session, "diff", **{"from": "2021-07-17", "to": "2021-07-18"})
    wrong = await session.call_tool("timeline", {"as_of": "soon"})
    assert getattr(wrong, "is_error", None) or getattr(wrong, "isError", None)
    return f"{len(names)} tools, {len(claims)} claims at their offsets, {found['total']} reports found, {counts}"


async def legacy():
    async with stdio_client(SERVER) as (reads, writes), ClientSession(reads, writes) as session:
        agreed = await session.initialize()
        version = getattr(agreed, "protocol_version", None) or agreed.protocolVersion
        return f"mcp {version:11} handshake: {await use(session)}"


async def stateless():
    from mcp.client._probe import negotiate_auto

    async with stdio_client(SERVER) as (reads, writes), ClientSession(reads, writes) as session:
        await negotiate_auto(session)
        assert session.discover_result is not None, "fell back to the handshake"
        return f"mcp {'2026-07-28':11} discover:  {await use(session)}"


print(asyncio.run(legacy()))
print(asyncio.run(stateless()))
