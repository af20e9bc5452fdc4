using System.Diagnostics;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Faults;

/// Servers and databases that are killed and frozen while people book.
public sealed class NodeFaults
{
    private const int Hosts = 8;

    [SmtpTheory, OnPostgres]
    public async Task Two_nodes_of_which_one_is_killed_again_and_again(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var smtp = await SmtpServer.Start();
        var nodes = new[] { await machine.StartServer(smtp.Settings), await machine.StartServer(smtp.Settings) };
        await using var customers = new Customers(() => [.. nodes.Select(n => n.Url)], Length.Seed);
        await customers.Begin(Hosts);
        var random = new Random(Length.Seed);
        for (var n = 0; n < Length.Of(3, 50); n++)
        {
            await customers.UntilMore(random.Next(5, 50));
            var victim = random.Next(2);
            await nodes[victim].Kill();
            await customers.UntilMore(5);
            nodes[victim] = await machine.StartServer(smtp.Settings);
        }

        await customers.End();
        await Verdict.Judge(machine, customers);
        await Verdict.JudgeMail(machine, [smtp], TimeSpan.FromSeconds(90));
    }

    [SmtpTheory, OnSqlite]
    public async Task A_server_of_its_own_that_is_killed_again_and_again(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var smtp = await SmtpServer.Start();
        var nodes = new[] { await machine.StartServer(smtp.Settings) };
        await using var customers = new Customers(() => [.. nodes.Select(n => n.Url)], Length.Seed);
        await customers.Begin(Hosts);
        var random = new Random(Length.Seed);
        for (var n = 0; n < Length.Of(3, 50); n++)
        {
            await customers.UntilMore(random.Next(5, 50));
            await nodes[0].Kill();
            nodes[0] = await machine.StartServer(smtp.Settings);
        }

        await customers.End();
        await Verdict.Judge(machine, customers);
        await Verdict.JudgeMail(machine, [smtp], TimeSpan.FromSeconds(90));
    }

    [SmtpTheory, OnPostgres]
    public async Task PostgreSQL_is_killed_and_comes_back(string engine)
    {
        _ = engine;
        await using var cluster = await Cluster.Start();
        await using var machine = ServerMachine.On(cluster.Database);
        await using var smtp = await SmtpServer.Start();
        ServerProcess[] nodes = [await machine.StartServer(smtp.Settings), await machine.StartServer(smtp.Settings)];
        await using var customers = new Customers(() => [.. nodes.Select(n => n.Url)], Length.Seed);
        await customers.Begin(Hosts);
        var random = new Random(Length.Seed);
        for (var n = 0; n < Length.Of(2, 20); n++)
        {
            await customers.UntilMore(random.Next(5, 50));
            await cluster.Kill();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1_500)));
            await ServerProcess.Until(() => cluster.Launch().ContinueWith(t => t.IsCompletedSuccessfully, TaskScheduler.Default), "PostgreSQL starts again");
        }

        await customers.UntilMore(20);
        await customers.End();
        foreach (var node in nodes)
            (await new Caller(node.Url).Get("/readyz")).ShouldBe(200);
        await Verdict.Judge(machine, customers);
        await Verdict.JudgeMail(machine, [smtp], TimeSpan.FromSeconds(90));
    }

    [SmtpTheory, OnPostgres]
    public async Task A_node_that_is_frozen_in_the_middle_of_things_keeps_nobody_from_booking(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var smtp = await SmtpServer.Start();
        ServerProcess[] both = [await machine.StartServer(smtp.Settings), await machine.StartServer(smtp.Settings)];
        IReadOnlyList<ServerProcess> there = both;
        await using var customers = new Customers(() => [.. there.Select(n => n.Url)], Length.Seed);
        await customers.Begin(Hosts);
        for (var n = 0; n < Length.Of(1, 5); n++)
        {
            await customers.UntilMore(30);
            // Who waits for the frozen one goes elsewhere only when their patience ends: a proxy that looks at /readyz sends them there sooner.
            there = [both[1]];
            customers.Frozen = both[0].Url;
            both[0].Freeze();
            var frozen = Stopwatch.StartNew();
            await customers.UntilMore(100);
            // In the long form it sleeps beyond the lease of the mail that it was about to send.
            while (frozen.Elapsed < TimeSpan.FromSeconds(Length.Of(0, 35)))
                await customers.UntilMore(1);
            both[0].Thaw();
            there = both;
        }

        await customers.UntilMore(30);
        await customers.End();
        await Verdict.Judge(machine, customers);
        await Verdict.JudgeMail(machine, [smtp], TimeSpan.FromSeconds(90));
    }
}
